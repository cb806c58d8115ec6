package io.burnish.tracking;

/** What should be a state file can't be taken over. Nothing was changed. */
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

  /**
   * Where in the file's structure the mistake is, e.g. {@code failed_discounts[2]}; empty when the
   * text is not JSON at all.
   */
  public String field() {
    return field;
  }

  /** Where the mistake is, from 1. */
  public int line() {
    return line;
  }

  /** Where the mistake is, in characters from 1. */
  public int column() {
    return column;
  }
}
