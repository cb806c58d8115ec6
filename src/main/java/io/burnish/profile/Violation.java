package io.burnish.profile;

import org.jspecify.annotations.Nullable;

/**
 * One reason why an answer, or a record, is not accepted.
 *
 * @param rule the rule's stable name, lower case with underscores, e.g. {@code
 *     price_not_in_source}; can be switched off by it
 * @param sentence what is wrong, and the evidence, for a person and for the model that is asked
 *     again; cut to 500 characters if longer
 * @param evidence the place in the record that the sentence is about; null when it is about none
 */
public record Violation(String rule, String sentence, @Nullable Evidence evidence) {

  private static final int LONGEST_SENTENCE = 500;

  public Violation {
    if (sentence.length() > LONGEST_SENTENCE) {
      boolean halvesPair = Character.isHighSurrogate(sentence.charAt(LONGEST_SENTENCE - 2));
      sentence = sentence.substring(0, LONGEST_SENTENCE - (halvesPair ? 2 : 1)) + "…";
    }
  }

  /** A reason that is about no place in the record. */
  public Violation(String rule, String sentence) {
    this(rule, sentence, null);
  }
}
