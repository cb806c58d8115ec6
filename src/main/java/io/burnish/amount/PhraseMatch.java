package io.burnish.amount;

import io.burnish.amount.Phrase.Side;

/**
 * A phrase of the lexicon, found in a text.
 *
 * @param first index of its first token
 * @param last index of its last token
 */
record PhraseMatch(Phrase phrase, int first, int last) {

  Meaning meaning() {
    return phrase.meaning();
  }

  boolean has(Meaning meaning) {
    return phrase.meaning() == meaning;
  }

  /** Whether its number may stand before it. */
  boolean followsNumber() {
    return phrase.side() != Side.AFTER;
  }

  /** Whether its number may stand after it. */
  boolean precedesNumber() {
    return phrase.side() != Side.BEFORE;
  }

  /**
   * Whether the other match is part of this one. Of two equally long matches, one that says "no
   * offer" covers the other.
   */
  boolean covers(PhraseMatch other) {
    boolean longer = last - first > other.last - other.first;
    return first <= other.first
        && other.last <= last
        && (longer || (meaning().hides() && !other.meaning().hides()));
  }
}
