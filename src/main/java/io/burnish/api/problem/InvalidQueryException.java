package io.burnish.api.problem;

import java.util.List;

/** A query parameter or a header has an invalid value. Nothing was done. */
public final class InvalidQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem.Violation> violations;

  /** One violation. */
  public InvalidQueryException(String field, String message) {
    this(List.of(new Problem.Violation(field, message)));
  }

  /**
   * Several violations.
   *
   * @param violations at least one
   */
  public InvalidQueryException(List<Problem.Violation> violations) {
    super(violations.get(0).field() + ": " + violations.get(0).message());
    this.violations = List.copyOf(violations);
  }

  /** All violations. */
  public List<Problem.Violation> violations() {
    return violations;
  }
}
