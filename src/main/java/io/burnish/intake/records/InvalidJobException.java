package io.burnish.intake.records;

import java.util.ArrayList;
import java.util.List;

/** A request body is well-formed, but is not a job. Nothing was stored. */
public final class InvalidJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Most errors that are shown. */
  public static final int MOST_SHOWN = 100;

  private final transient List<FieldError> errors;
  private final int count;

  /**
   * @param errors all errors; at least one
   */
  public InvalidJobException(List<FieldError> errors) {
    this(errors, errors.size());
  }

  /**
   * @param first the first errors; at least one
   * @param count how many there are in all
   */
  public InvalidJobException(List<FieldError> first, int count) {
    super(first.get(0).toString());
    this.errors = shown(first, count);
    this.count = count;
  }

  private static List<FieldError> shown(List<FieldError> first, int count) {
    List<FieldError> shown = new ArrayList<>(first.subList(0, Math.min(MOST_SHOWN, first.size())));
    if (count > shown.size()) {
      shown.add(new FieldError("", "and %,d more".formatted(count - shown.size())));
    }
    return List.copyOf(shown);
  }

  /** The first {@value #MOST_SHOWN} errors, and how many more there are; at least one. */
  public List<FieldError> errors() {
    return errors;
  }

  /** How many errors there are in all. */
  public int count() {
    return count;
  }

  /**
   * One error.
   *
   * @param field path of the field in the body; empty for the whole body
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
