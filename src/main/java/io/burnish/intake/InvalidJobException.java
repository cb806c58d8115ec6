package io.burnish.intake;

import java.util.ArrayList;
import java.util.List;

/** What was posted can be read, but is no job. Nothing was stored. */
public final class InvalidJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Mistakes that are told at most. */
  static final int TOLD = 100;

  private final transient List<FieldError> mistakes;
  private final int count;

  /** Collects mistakes; one at least. */
  public InvalidJobException(List<FieldError> mistakes) {
    this(mistakes, mistakes.size());
  }

  /**
   * Collects mistakes of which only the first were kept.
   *
   * @param count how many there are in all
   */
  InvalidJobException(List<FieldError> first, int count) {
    super(first.get(0).toString());
    this.mistakes = told(first, count);
    this.count = count;
  }

  private static List<FieldError> told(List<FieldError> first, int count) {
    List<FieldError> told = new ArrayList<>(first.subList(0, Math.min(TOLD, first.size())));
    if (count > told.size()) {
      told.add(new FieldError("", "and %,d more".formatted(count - told.size())));
    }
    return List.copyOf(told);
  }

  /** The first {@value #TOLD} mistakes, and how many more there are; one at least. */
  public List<FieldError> errors() {
    return mistakes;
  }

  /** How many mistakes there are in all. */
  public int count() {
    return count;
  }

  /**
   * One mistake.
   *
   * @param field where, as a path into what was posted; empty for the whole
   * @param message what is wrong and what to do
   */
  public record FieldError(String field, String message) {

    /** As a sentence. */
    @Override
    public String toString() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }
}
