package io.burnish.amount.phrase;

import io.burnish.amount.phrase.Phrase.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds phrases by their first element. Immutable and thread-safe. */
final class PhraseIndex {

  private static final Phrase[] NONE = {};

  private final Phrase[][] byFirstWord;
  private final Phrase[][] byFirstNumber;

  /**
   * @throws IllegalArgumentException if a phrase begins with neither a word nor a number
   */
  PhraseIndex(List<Phrase> phrases) {
    Map<Integer, List<Phrase>> words = new HashMap<>();
    Map<Integer, List<Phrase>> numbers = new HashMap<>();
    for (Phrase phrase : phrases) {
      Element first = phrase.elements().get(0);
      if (first instanceof Element.Word word) {
        words.computeIfAbsent(word.word(), key -> new ArrayList<>()).add(phrase);
      } else if (first instanceof Element.Whole whole) {
        numbers.computeIfAbsent(whole.value(), key -> new ArrayList<>()).add(phrase);
      } else {
        throw new IllegalArgumentException(
            "the phrase \"" + phrase.entry().phrase() + "\" must begin with a word or number");
      }
    }
    byFirstWord = table(words);
    byFirstNumber = table(numbers);
  }

  private static Phrase[][] table(Map<Integer, List<Phrase>> phrases) {
    int largest = phrases.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    Phrase[][] table = new Phrase[largest + 1][];
    Arrays.fill(table, NONE);
    phrases.forEach((key, same) -> table[key] = same.toArray(NONE));
    return table;
  }

  /** The phrases that begin with that word of the vocabulary, in the order of the lexicon. */
  Phrase[] beginningWith(int word) {
    return word >= 0 && word < byFirstWord.length ? byFirstWord[word] : NONE;
  }

  /** The phrases that begin with that whole number. */
  Phrase[] beginningWithNumber(int number) {
    return number >= 0 && number < byFirstNumber.length ? byFirstNumber[number] : NONE;
  }
}
