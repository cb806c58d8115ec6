package io.burnish.provider.fault;

/** The model cannot be called. */
public final class ModelUnavailable extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean decommissioned;

  /** A model that cannot be called now; {@code decommissioned}: and never again. */
  public ModelUnavailable(String model, int httpStatus, String message, boolean decommissioned) {
    super(model, httpStatus, message, null);
    this.decommissioned = decommissioned;
  }

  /**
   * Whether the model is decommissioned; else it is unknown at this address, or not open to this
   * account, and a person can change that.
   */
  public boolean isDecommissioned() {
    return decommissioned;
  }

  @Override
  public Kind kind() {
    return Kind.GONE;
  }
}
