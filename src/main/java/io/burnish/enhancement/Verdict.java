package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The result of one question. */
public sealed interface Verdict {

  /** The number of the question in its call. */
  int ref();

  /**
   * The answer is accepted.
   *
   * @param enhanced the enhanced record
   * @param evidence the evidence of the answered fields, by their names
   */
  record Accepted(int ref, ObjectNode enhanced, Map<String, Evidence> evidence)
      implements Verdict {}

  /**
   * The answer says that the record does not contain the value, and the rules agree. No other
   * answer could be accepted.
   *
   * @param reason what the record lacks
   * @param answer the answer about the record, as JSON
   */
  record Unanswerable(int ref, Violation reason, String answer) implements Verdict {}

  /**
   * The answer is missing or not accepted.
   *
   * @param violations why; at least one
   * @param answer the answer about the record, as JSON; empty if there is none
   */
  record Rejected(int ref, List<Violation> violations, Optional<String> answer)
      implements Verdict {}

  /** An internal error prevented the judgement. */
  record NotJudged(int ref, RuntimeException cause) implements Verdict {}
}
