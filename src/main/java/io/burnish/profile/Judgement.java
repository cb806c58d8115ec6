package io.burnish.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of the rules on one answer about one record. */
public sealed interface Judgement {

  /** Why the answer is not accepted; empty if it is. */
  List<Violation> violations();

  /**
   * The answer breaks no rule that applies.
   *
   * @param evidence the evidence of answered fields, by their names. A field is absent if no rule
   *     proves it, or if its rule is switched off and the record does not contain the value
   */
  record Accepted(Map<String, Evidence> evidence) implements Judgement {

    /** Takes a copy, in the same order. */
    public Accepted {
      evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    @Override
    public List<Violation> violations() {
      return List.of();
    }
  }

  /**
   * The answer breaks rules; another answer may not.
   *
   * @param violations at least one
   */
  record Refused(List<Violation> violations) implements Judgement {}

  /**
   * The answer says that the record does not contain the value, and the rules agree. No other
   * answer could be accepted.
   *
   * @param reason what the record lacks
   */
  record Unanswerable(Violation reason) implements Judgement {

    @Override
    public List<Violation> violations() {
      return List.of(reason);
    }
  }
}
