package io.burnish.provider;

/** The request, or the account, is refused. */
public final class Refused extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean accountAtFault;

  /** A refusal. */
  public Refused(String model, int httpStatus, String message, boolean accountAtFault) {
    super(model, httpStatus, message, null);
    this.accountAtFault = accountAtFault;
  }

  @Override
  public Kind kind() {
    return Kind.REFUSED;
  }

  @Override
  public boolean accountAtFault() {
    return accountAtFault;
  }
}
