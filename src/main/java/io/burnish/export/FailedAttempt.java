package io.burnish.export;

import java.util.List;
import java.util.Optional;

/**
 * An answer that a record has no result by, as it is read.
 *
 * @param number among those of its record, from 1
 * @param model who gave it
 * @param answer what it said of the record, as JSON, or the beginning of that; empty when it said
 *     nothing of it
 * @param violations why the record has no result by it
 */
public record FailedAttempt(
    int number, String model, Optional<String> answer, List<Reason> violations) {

  /**
   * One reason.
   *
   * @param code stable; empty where a version before stored the answer
   * @param message a sentence
   * @param evidence the place in the record that it is about, as JSON; empty when it is about none
   */
  public record Reason(Optional<String> code, String message, Optional<String> evidence) {}
}
