package io.burnish.validation;

import java.util.Optional;

/** One thing that an answer is held to. Implementations are stateless and thread-safe. */
public interface Rule {

  /** Stable name; a job can switch the rule off by it. */
  String name();

  /**
   * The sentence that says what is wrong, with the evidence; empty when the rule is kept or does
   * not apply.
   */
  Optional<String> brokenBy(Answer answer);
}
