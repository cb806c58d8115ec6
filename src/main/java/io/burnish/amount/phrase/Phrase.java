package io.burnish.amount.phrase;

import io.burnish.amount.text.NormalText;
import io.burnish.amount.text.TextNormalizer;
import io.burnish.amount.token.Tokenizer;
import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A compiled entry of the lexicon.
 *
 * @param entry its source
 * @param elements the elements, which must follow each other
 * @param thenWords words that must follow the number, as in "from # to"; a lower number must follow
 *     them
 * @param side where its number is
 * @param adjacent whether nothing may stand between the phrase and its number
 * @param reach how many unknown words may stand between the phrase and its number
 * @param capitals whether it must be in capitals
 * @param value the value of a number in words; 0 for other phrases
 * @param hasReference whether an element is any phrase of a meaning
 * @param secondWord the word of the second element; {@link Vocabulary#UNKNOWN} if it is none
 */
public record Phrase(
    LexiconEntry entry,
    List<Element> elements,
    List<Element> thenWords,
    Side side,
    boolean adjacent,
    int reach,
    boolean capitals,
    BigDecimal value,
    boolean hasReference,
    int secondWord) {

  private static final String NUMBER = "#";
  private static final String GAP = "…";
  private static final int MAX_REACH = 4;

  /** Where the number is. */
  public enum Side {
    /** The number is before the phrase, as in "# off". */
    BEFORE,
    /** The number is after it, as in "save #". */
    AFTER,
    /** On either side, as for currencies. */
    EITHER
  }

  /** What one place of a phrase must be. */
  public sealed interface Element {
    /** A word or sign. */
    record Word(int word) implements Element {}

    /** A whole number that is neither money nor a percentage. */
    record Whole(int value) implements Element {}

    /** Any phrase of that meaning. */
    record Any(Meaning meaning) implements Element {}

    /** Up to six tokens of one sentence. */
    record Gap() implements Element {}
  }

  Meaning meaning() {
    return entry.meaning();
  }

  /**
   * Compiles an entry, and adds its words to the vocabulary.
   *
   * @throws IllegalArgumentException if the phrase has no word
   */
  static Phrase of(LexiconEntry entry, Vocabulary vocabulary) {
    String body = entry.phrase().strip();
    BigDecimal value = BigDecimal.ZERO;
    if (entry.meaning() == Meaning.NUMBER) {
      int equals = body.indexOf('=');
      value = new BigDecimal(body.substring(equals + 1).strip());
      body = body.substring(0, equals).strip();
    }
    String then = "";
    int middle = body.indexOf(NUMBER);
    if (middle > 0 && middle < body.length() - 1) {
      then = body.substring(middle + 1).strip();
      body = body.substring(0, middle + 1);
    }
    Side side = side(entry.meaning(), body);
    boolean numberFirst = body.startsWith(NUMBER);
    boolean adjacent = false;
    if (numberFirst) {
      body = body.substring(NUMBER.length());
      adjacent = !body.startsWith(" ");
    } else if (side == Side.AFTER) {
      body = body.substring(0, body.length() - NUMBER.length());
      adjacent = !body.endsWith(" ");
    }
    body = body.strip();
    int reach = 0;
    if (side == Side.AFTER && body.endsWith(GAP)) {
      reach = MAX_REACH;
      body = body.substring(0, body.length() - GAP.length()).strip();
    }
    List<Element> elements = elements(body, vocabulary);
    if (elements.isEmpty() || elements.get(0) instanceof Element.Gap) {
      throw new IllegalArgumentException(
          "the phrase \"" + entry.phrase() + "\" begins with no word");
    }
    List<Element> thenWords = then.isEmpty() ? List.of() : List.copyOf(elements(then, vocabulary));
    return new Phrase(
        entry,
        List.copyOf(elements),
        thenWords,
        side,
        adjacent,
        reach,
        isInCapitals(body),
        value,
        elements.stream().anyMatch(Element.Any.class::isInstance),
        elements.size() > 1 && elements.get(1) instanceof Element.Word second
            ? second.word()
            : Vocabulary.UNKNOWN);
  }

  private static Side side(Meaning meaning, String body) {
    if (body.startsWith(NUMBER)) {
      return Side.BEFORE;
    }
    if (body.endsWith(NUMBER)) {
      return Side.AFTER;
    }
    return meaning.followsItsNumber() ? Side.BEFORE : Side.EITHER;
  }

  private static List<Element> elements(String body, Vocabulary vocabulary) {
    List<Element> elements = new ArrayList<>();
    for (String part : body.split(" +")) {
      if (part.equals(GAP)) {
        elements.add(new Element.Gap());
      } else if (part.startsWith("{")) {
        String meaning = part.substring(1, part.length() - 1);
        elements.add(
            new Element.Any(
                Meaning.of(meaning)
                    .orElseThrow(
                        () -> new IllegalArgumentException("no meaning is named " + meaning))));
      } else if (!part.isEmpty()) {
        addWords(part, vocabulary, elements);
      }
    }
    return elements;
  }

  private static void addWords(String part, Vocabulary vocabulary, List<Element> elements) {
    NormalText text = TextNormalizer.normal(part);
    Vocabulary none = new Vocabulary();
    none.add(text.substring(0, text.length()).replace("''", "\""));
    Tokens tokens = Tokenizer.tokens(text, none);
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        elements.add(new Element.Whole(tokens.smallNumber(i)));
      } else {
        String word = text.substring(tokens.start(i), tokens.end(i)).replace("''", "\"");
        elements.add(new Element.Word(vocabulary.add(word)));
      }
    }
  }

  private static boolean isInCapitals(String body) {
    return body.equals(body.toUpperCase(Locale.ROOT))
        && !body.equals(body.toLowerCase(Locale.ROOT));
  }
}
