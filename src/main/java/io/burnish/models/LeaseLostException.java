package io.burnish.models;

/** The call was not sent, for whoever asked has no use for its answer any more. */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(String model) {
    super("a call to %s was not sent: its answer is not wanted any more".formatted(model));
  }
}
