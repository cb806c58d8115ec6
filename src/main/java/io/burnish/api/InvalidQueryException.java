package io.burnish.api;

/** A query parameter can't be meant as it stands. Nothing was done. */
final class InvalidQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidQueryException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The parameter's name. */
  String field() {
    return field;
  }
}
