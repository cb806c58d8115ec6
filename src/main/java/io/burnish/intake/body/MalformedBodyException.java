package io.burnish.intake.body;

import io.burnish.record.MalformedJsonException;

/** A request body is malformed. The message says where, and what to do. Nothing was stored. */
public final class MalformedBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /** {@code line} and {@code column} count from 1. */
  public MalformedBodyException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The body is not well-formed JSON. */
  public MalformedBodyException(MalformedJsonException malformed) {
    this(malformed.withLocation(), malformed.line(), malformed.column());
  }

  /** The same error in a part of the body, which the message names. */
  public MalformedBodyException in(String part) {
    return new MalformedBodyException("%s: %s".formatted(part, getMessage()), line, column);
  }

  /** Line of the error, from 1; 0 when it is not known. */
  public int line() {
    return line;
  }

  /** Column of the error, in characters from 1; 0 when it is not known. */
  public int column() {
    return column;
  }
}
