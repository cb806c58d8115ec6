package io.burnish.api;

import java.util.List;

/** A query parameter, or a header that says how, can't be meant as it stands. Nothing was done. */
final class InvalidQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem.Violation> violations;

  InvalidQueryException(String field, String message) {
    this(List.of(new Problem.Violation(field, message)));
  }

  /**
   * Several mistakes.
   *
   * @param violations one at least
   */
  InvalidQueryException(List<Problem.Violation> violations) {
    super(violations.get(0).field() + ": " + violations.get(0).message());
    this.violations = List.copyOf(violations);
  }

  /** Each mistake. */
  List<Problem.Violation> violations() {
    return violations;
  }
}
