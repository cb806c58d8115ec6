package io.burnish.profile;

import java.util.List;
import java.util.Map;

/** What the rules say of one answer about one record. */
public sealed interface Judgement {

  /** What the answer does not hold to; empty when it is accepted. */
  List<Violation> violations();

  /**
   * The answer holds to every rule that applies.
   *
   * @param evidence what proves the answered fields, by their names; without those that no rule
   *     proves, or whose rule is switched off and whose value does not stand in the record
   */
  record Accepted(Map<String, Evidence> evidence) implements Judgement {

    /** Takes a copy. */
    public Accepted {
      evidence = Map.copyOf(evidence);
    }

    @Override
    public List<Violation> violations() {
      return List.of();
    }
  }

  /**
   * The answer breaks rules; another one may not.
   *
   * @param violations one at least
   */
  record Refused(List<Violation> violations) implements Judgement {}

  /**
   * The answer says that the record does not name what is asked for, and the record agrees: no
   * other answer could be accepted.
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
