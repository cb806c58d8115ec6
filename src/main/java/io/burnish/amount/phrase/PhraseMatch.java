package io.burnish.amount.phrase;

import io.burnish.amount.phrase.Phrase.Side;

/**
 * A phrase of the lexicon, found in a text.
 *
 * @param first index of its first token
 * @param last index of its last token
 */
public record PhraseMatch(Phrase phrase, int first, int last) {

  /** What its phrase means. */
  public Meaning meaning() {
    return phrase.meaning();
  }

  /** Whether its phrase has this meaning. */
  public boolean has(Meaning meaning) {
    return phrase.meaning() == meaning;
  }

  /** Whether its number may stand before it. */
  public boolean followsNumber() {
    return phrase.side() != Side.AFTER;
  }

  /** Whether its number may stand after it. */
  public boolean precedesNumber() {
    return phrase.side() != Side.BEFORE;
  }

  /**
   * Whether the other match is part of this one. Of two equally long matches, one that says "no
   * offer" covers the other.
   */
  public boolean covers(PhraseMatch other) {
    boolean longer = last - first > other.last - other.first;
    return first <= other.first
        && other.last <= last
        && (longer || (meaning().hides() && !other.meaning().hides()));
  }
}
