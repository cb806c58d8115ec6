package io.burnish.intake;

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

  /** Where reading stopped, from 1; 0 when it is not known. */
  public int line() {
    return line;
  }

  /** Where reading stopped, in characters from 1; 0 when it is not known. */
  public int column() {
    return column;
  }
}
