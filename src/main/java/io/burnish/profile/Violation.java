package io.burnish.profile;

import org.jspecify.annotations.Nullable;

/**
 * One reason why an answer or a record is not accepted.
 *
 * @param rule the rule's stable name, lower case with underscores, e.g. {@code price_not_in_source}
 * @param sentence what is wrong and what shows it, for a person and for the next prompt; cut to 500
 *     characters
 * @param evidence the place in the record that the sentence is about; null if there is none
 */
public record Violation(String rule, String sentence, @Nullable Evidence evidence) {

  private static final int MAX_SENTENCE = 500;

  /** Cuts the sentence. */
  public Violation {
    if (sentence.length() > MAX_SENTENCE) {
      boolean splitsPair = Character.isHighSurrogate(sentence.charAt(MAX_SENTENCE - 2));
      sentence = sentence.substring(0, MAX_SENTENCE - (splitsPair ? 2 : 1)) + "…";
    }
  }

  /** A violation that is about no place in the record. */
  public Violation(String rule, String sentence) {
    this(rule, sentence, null);
  }
}
