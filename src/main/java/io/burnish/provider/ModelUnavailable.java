package io.burnish.provider;

/** The model can't be asked. */
public final class ModelUnavailable extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean forGood;

  /** A model that can't be asked now; {@code forGood}: and never again. */
  public ModelUnavailable(String model, int httpStatus, String message, boolean forGood) {
    super(model, httpStatus, message, null);
    this.forGood = forGood;
  }

  /**
   * Whether it is decommissioned and will never come back; else it is unknown at this address, or
   * not open to this account, and a person can change that.
   */
  public boolean isDecommissioned() {
    return forGood;
  }

  @Override
  public Kind kind() {
    return Kind.GONE;
  }
}
