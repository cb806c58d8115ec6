package io.burnish.intake;

import io.burnish.record.MalformedJsonException;

/** What was posted can't be read. The message says where, and what to do. Nothing was stored. */
public final class MalformedBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  MalformedBodyException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** A text that is broken at a place. */
  MalformedBodyException(MalformedJsonException malformed) {
    this(malformed.withLocation(), malformed.line(), malformed.column());
  }

  /** The same of a part of the body, which is named. */
  MalformedBodyException in(String part) {
    return new MalformedBodyException("%s: %s".formatted(part, getMessage()), line, column);
  }

  /** Where reading stopped, from 1; 0 when it is not known. */
  public int line() {
    return line;
  }

  /** Where reading stopped, in characters from 1; 0 when it is not known. */
  public int column() {
    return column;
  }
}
