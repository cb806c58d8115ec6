package io.burnish.export;

import java.util.List;
import java.util.Optional;

/**
 * An answer that was rejected for a record.
 *
 * @param number of the attempt, from 1
 * @param model that answered
 * @param answer the answer for the record, as JSON, or its beginning when it was cut; empty when
 *     there was none for it
 * @param violations why it was rejected
 */
record FailedAttempt(int number, String model, Optional<String> answer, List<Reason> violations) {

  /**
   * One reason.
   *
   * @param code stable code of the rule; empty when an earlier version stored the answer
   * @param message a sentence
   * @param evidence the place in the record, as JSON; empty when there is none
   */
  record Reason(Optional<String> code, String message, Optional<String> evidence) {}
}
