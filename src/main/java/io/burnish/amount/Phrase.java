package io.burnish.amount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An entry of the lexicon, ready to be looked for.
 *
 * @param entry where it comes from
 * @param elements what must stand in a row
 * @param then words that must follow the number, as in "from # to"; a lower number stands behind
 *     them
 * @param side where the number stands that it speaks of
 * @param glued whether nothing may stand between it and that number
 * @param reach unknown words that may stand between it and that number
 * @param capitals whether it must be written in capitals
 * @param value of a number in words; 0 for all others
 */
record Phrase(
    LexiconEntry entry,
    List<Element> elements,
    List<Element> then,
    Side side,
    boolean glued,
    int reach,
    boolean capitals,
    BigDecimal value) {

  private static final String NUMBER = "#";
  private static final String GAP = "…";
  private static final int WIDEST_REACH = 4;

  /** Where the number stands. */
  enum Side {
    /** The number stands before the phrase, as in "# off". */
    BEFORE,
    /** The number stands after it, as in "save #". */
    AFTER,
    /** On either side, as for currencies. */
    EITHER
  }

  /** What must stand in one place. */
  sealed interface Element {
    /** That word or sign. */
    record Word(int word) implements Element {}

    /** That whole number, with nothing that makes it money or a percentage. */
    record Whole(int value) implements Element {}

    /** Any phrase of that meaning. */
    record Any(Meaning meaning) implements Element {}

    /** Up to six tokens of one sentence. */
    record Gap() implements Element {}
  }

  Meaning meaning() {
    return entry.meaning();
  }

  boolean hasReference() {
    return elements.stream().anyMatch(Element.Any.class::isInstance);
  }

  /**
   * Compiles an entry; its words are added to the vocabulary.
   *
   * @throws IllegalArgumentException if the phrase has nothing to look for
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
    boolean named = body.startsWith(NUMBER);
    boolean glued = false;
    if (named) {
      body = body.substring(NUMBER.length());
      glued = !body.startsWith(" ");
    } else if (side == Side.AFTER) {
      body = body.substring(0, body.length() - NUMBER.length());
      glued = !body.endsWith(" ");
    }
    body = body.strip();
    int reach = 0;
    if (side == Side.AFTER && body.endsWith(GAP)) {
      reach = WIDEST_REACH;
      body = body.substring(0, body.length() - GAP.length()).strip();
    }
    List<Element> elements = elements(body, vocabulary);
    if (elements.isEmpty() || elements.get(0) instanceof Element.Gap) {
      throw new IllegalArgumentException(
          "the phrase \"" + entry.phrase() + "\" begins with no word");
    }
    List<Element> behind = then.isEmpty() ? List.of() : List.copyOf(elements(then, vocabulary));
    return new Phrase(
        entry, List.copyOf(elements), behind, side, glued, reach, isInCapitals(body), value);
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
