package io.burnish.tracking.legacy;

/** A state file can't be imported. Nothing was changed. */
public final class StateFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final int line;
  private final int column;

  StateFileException(String field, String message, int line, int column) {
    super(message);
    this.field = field;
    this.line = line;
    this.column = column;
  }

  /** The path of the mistake, e.g. {@code failed_discounts[2]}; empty when the text is not JSON. */
  public String field() {
    return field;
  }

  /** The line of the mistake, from 1. */
  public int line() {
    return line;
  }

  /** The column of the mistake, in characters from 1. */
  public int column() {
    return column;
  }
}
