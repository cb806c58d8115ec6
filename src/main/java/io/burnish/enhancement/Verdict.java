package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of one question. */
public sealed interface Verdict {

  /** The number of the question within its call. */
  int ref();

  /**
   * The answer is proven.
   *
   * @param enhanced the whole record to hand back
   * @param evidence what proves the answered fields, by their names
   */
  record Accepted(int ref, ObjectNode enhanced, Map<String, Evidence> evidence)
      implements Verdict {}

  /**
   * The answer says that the record does not name what is asked for, and is believed: no other
   * answer could be accepted.
   *
   * @param reason what the record lacks
   * @param answer what the model said of the record, as JSON
   */
  record Unanswerable(int ref, Violation reason, String answer) implements Verdict {}

  /**
   * The answer is missing or not proven.
   *
   * @param violations why; one at least
   * @param answer what the model said of the record, as JSON; empty when it said nothing of it
   */
  record Rejected(int ref, List<Violation> violations, Optional<String> answer)
      implements Verdict {}

  /** The service itself failed to judge the answer; {@code cause} says why. */
  record NotJudged(int ref, RuntimeException cause) implements Verdict {}
}
