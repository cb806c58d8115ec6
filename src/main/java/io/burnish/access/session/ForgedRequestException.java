package io.burnish.access.session;

/** A change that came with the cookie of a session, but without the token of the session. */
public final class ForgedRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Without a message: the response has its own words. */
  public ForgedRequestException() {
    super("the token of the session is missing or wrong", null, false, false);
  }
}
