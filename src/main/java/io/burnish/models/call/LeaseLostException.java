package io.burnish.models.call;

/** The call was not sent, because the lease of its records is lost. */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param model the model that was to be called
   */
  public LeaseLostException(String model) {
    super("call to %s not sent: lease lost".formatted(model));
  }
}
