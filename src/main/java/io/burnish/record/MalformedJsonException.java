package io.burnish.record;

/** A text is not what it should be. The message is a sentence of our own, without the place. */
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

  /** Where, from 1. */
  public int line() {
    return line;
  }

  /** Where, in characters from 1. */
  public int column() {
    return column;
  }

  /** The whole message: place and sentence; says so when the text is not JSON at all. */
  public String withLocation() {
    return "%s line %d, column %d: %s"
        .formatted(syntax ? "not JSON at" : "at", line, column, sentence());
  }

  /** What is wrong, as a sentence without a full stop. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
