package io.burnish.amount;

/**
 * A phrase of the lexicon, found in a text.
 *
 * @param first its first token
 * @param last its last token
 */
record Mark(Phrase phrase, int first, int last) {

  Meaning meaning() {
    return phrase.meaning();
  }

  boolean has(Meaning meaning) {
    return phrase.meaning() == meaning;
  }

  boolean covers(Mark other) {
    return first <= other.first && other.last <= last && last - first > other.last - other.first;
  }
}
