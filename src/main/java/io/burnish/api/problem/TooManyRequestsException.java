package io.burnish.api.problem;

/** A limit on concurrent uploads or downloads is reached. Nothing was stored; a retry may pass. */
public final class TooManyRequestsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A limit is reached.
   *
   * @param message names the limit and its setting, and says when to try again
   */
  public TooManyRequestsException(String message) {
    super(message);
  }
}
