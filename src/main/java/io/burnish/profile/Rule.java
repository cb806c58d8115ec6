package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One condition on an answer. Stateless and thread-safe.
 *
 * @param <S> what the rule reads of the source record; {@link Object} if it reads the answer alone
 */
public interface Rule<S> {

  /**
   * The stable name, lower case with underscores. It is the code of a refusal, and a job switches
   * the rule off by it.
   */
  String name();

  /** What the rule demands of each answer, as a sentence for a person. */
  String sentence();

  /**
   * Why the answer breaks the rule. Empty if it does not, or if another rule already refuses what
   * this one would read.
   */
  Optional<Violation> check(ObjectNode answer, S source);

  /** A violation of this rule that is about no place in the record. */
  default Optional<Violation> violation(String sentence) {
    return Optional.of(new Violation(name(), sentence));
  }
}
