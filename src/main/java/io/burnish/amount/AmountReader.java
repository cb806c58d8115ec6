package io.burnish.amount;

import io.burnish.amount.phrase.Lexicon;
import java.util.List;

/** Reads the amounts of a text. Immutable and thread-safe. */
public final class AmountReader {

  private final Lexicon lexicon;

  /** Reads with the words of a lexicon. */
  public AmountReader(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /**
   * The amounts in the order of the text. Time and memory grow with the text's length, whatever it
   * says; no text makes it throw.
   */
  public List<Amount> read(String text) {
    return AmountFinder.amounts(text, lexicon);
  }
}
