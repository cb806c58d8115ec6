package io.burnish.record;

/** A text is malformed. The message is a sentence of our own, without line and column. */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final boolean syntax;

  MalformedJsonException(String message, int line, int column, boolean syntax) {
    super(message);
    this.syntax = syntax;
    this.line = line;
    this.column = column;
  }

  /** Line of the error, from 1. */
  public int line() {
    return line;
  }

  /** Column of the error, in characters from 1. */
  public int column() {
    return column;
  }

  /** Line, column and sentence; says so when the text is not JSON. */
  public String withLocation() {
    return "%s line %d, column %d: %s"
        .formatted(syntax ? "not JSON at" : "at", line, column, getMessage());
  }
}
