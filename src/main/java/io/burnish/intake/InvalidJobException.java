package io.burnish.intake;

import java.util.List;

/** What was posted can be read, but is no job. Nothing was stored. */
public final class InvalidJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /** Collects mistakes; one at least. */
  public InvalidJobException(List<Mistake> mistakes) {
    super(mistakes.get(0).field() + ": " + mistakes.get(0).message());
    this.mistakes = List.copyOf(mistakes);
  }

  /** Every mistake that was found; one at least. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /**
   * One mistake.
   *
   * @param field where, as a path into what was posted
   * @param message what is wrong and what to do
   */
  public record Mistake(String field, String message) {}
}
