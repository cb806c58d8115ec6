package io.burnish.intake;

import java.io.IOException;

/** A client went away, or fell silent, before its body had come to an end. Nothing was stored. */
public final class BrokenOffException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenOffException(IOException cause) {
    super("the body broke off before its end", cause);
  }
}
