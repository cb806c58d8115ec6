package io.burnish.amount;

import io.burnish.amount.Phrase.Element;
import io.burnish.amount.Phrase.Side;
import io.burnish.amount.Tokens.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All phrases of the lexicon in a text, found from each token on. For one thread. */
final class Marks {

  private static final int WIDEST_GAP = 6;
  private static final List<Mark> NONE = List.of();

  private final Tokens tokens;
  private final List<Mark> all = new ArrayList<>();
  private final @Nullable Object[] byFirst;
  private final @Nullable Object[] byLast;

  private Marks(Tokens tokens) {
    this.tokens = tokens;
    byFirst = new Object[tokens.count() + 1];
    byLast = new Object[tokens.count() + 1];
  }

  static Marks in(Tokens tokens, Lexicon lexicon) {
    Marks marks = new Marks(tokens);
    List<Candidate> later = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      for (Phrase phrase : candidates(tokens, lexicon, i)) {
        if (phrase.hasReference()) {
          later.add(new Candidate(phrase, i));
        } else {
          marks.match(phrase, i);
        }
      }
    }
    later.forEach(candidate -> marks.match(candidate.phrase(), candidate.first()));
    return marks;
  }

  private record Candidate(Phrase phrase, int first) {}

  /** In the order of their first tokens, those that refer to others last. */
  List<Mark> all() {
    return all;
  }

  List<Mark> beginningAt(int token) {
    return at(byFirst, token);
  }

  List<Mark> endingAt(int token) {
    return at(byLast, token);
  }

  private static List<Phrase> candidates(Tokens tokens, Lexicon lexicon, int token) {
    if (tokens.isNumber(token)) {
      int number = tokens.smallNumber(token);
      return number < 0 ? List.of() : lexicon.beginningWithNumber(number);
    }
    List<Phrase> phrases = lexicon.beginningWith(tokens.word(token));
    if (tokens.stem(token) == tokens.word(token)) {
      return phrases;
    }
    List<Phrase> ofStem = lexicon.beginningWith(tokens.stem(token));
    if (phrases.isEmpty()) {
      return ofStem;
    }
    List<Phrase> both = new ArrayList<>(phrases);
    both.addAll(ofStem);
    return both;
  }

  private void match(Phrase phrase, int first) {
    int after = matched(phrase, 0, first);
    if (after > first && (!phrase.capitals() || areCapitals(first, after))) {
      Mark mark = new Mark(phrase, first, after - 1);
      all.add(mark);
      put(byFirst, first, mark);
      put(byLast, after - 1, mark);
    }
  }

  private boolean areCapitals(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!tokens.isInCapitals(i)) {
        return false;
      }
    }
    return true;
  }

  /** The token after the elements from that one on; -1 where they do not stand there. */
  private int matched(Phrase phrase, int element, int token) {
    int at = token;
    for (int i = element; i < phrase.elements().size(); i++) {
      Element wanted = phrase.elements().get(i);
      if (wanted instanceof Element.Gap) {
        return afterGap(phrase, i + 1, at);
      }
      int after = matchedOne(phrase, wanted, at);
      if (after < 0 && i > 0 && tokens.isSign(at, '-')) {
        after = matchedOne(phrase, wanted, at + 1);
      }
      if (after < 0) {
        return -1;
      }
      at = after;
    }
    return at;
  }

  private int afterGap(Phrase phrase, int element, int token) {
    for (int at = token; at <= token + WIDEST_GAP && at < tokens.count(); at++) {
      int after = matched(phrase, element, at);
      if (after >= 0) {
        return after;
      }
      if (endsSentence(at)) {
        return -1;
      }
    }
    return -1;
  }

  private int matchedOne(Phrase phrase, Element wanted, int at) {
    if (at >= tokens.count()) {
      return -1;
    }
    if (wanted instanceof Element.Word word) {
      boolean stem = phrase.meaning().takesPrefix() && tokens.stem(at) == word.word();
      return tokens.word(at) == word.word() || stem ? at + 1 : -1;
    }
    if (wanted instanceof Element.Whole whole) {
      return tokens.smallNumber(at) == whole.value() && !isMeasured(at) ? at + 1 : -1;
    }
    if (wanted instanceof Element.Any any) {
      int after = -1;
      for (Mark mark : beginningAt(at)) {
        after = mark.has(any.meaning()) ? Math.max(after, mark.last() + 1) : after;
      }
      return after;
    }
    return -1;
  }

  /** Whether a sign makes it a percentage or money. */
  private boolean isMeasured(int number) {
    return tokens.isSign(number + 1, '%')
        || tokens.isCurrencySign(number - 1)
        || (tokens.isCurrencySign(number + 1) && !tokens.isNumber(number + 2));
  }

  boolean endsSentence(int token) {
    return tokens.is(token, Type.LINE_END)
        || tokens.isSign(token, '.')
        || tokens.isSign(token, '!')
        || tokens.isSign(token, '?')
        || tokens.isSign(token, ';')
        || tokens.isSign(token, '|')
        || tokens.isSign(token, '•');
  }

  /** Whether the number may stand before the mark. */
  static boolean speaksOfBefore(Mark mark) {
    return mark.phrase().side() != Side.AFTER;
  }

  /** Whether the number may stand after the mark. */
  static boolean speaksOfAfter(Mark mark) {
    return mark.phrase().side() != Side.BEFORE;
  }

  @SuppressWarnings("unchecked")
  private static List<Mark> at(@Nullable Object[] marks, int token) {
    if (token < 0 || token >= marks.length || marks[token] == null) {
      return NONE;
    }
    return (List<Mark>) marks[token];
  }

  @SuppressWarnings("unchecked")
  private static void put(@Nullable Object[] marks, int token, Mark mark) {
    List<Mark> here = (List<Mark>) marks[token];
    if (here == null) {
      here = new ArrayList<>(2);
      marks[token] = here;
    }
    here.add(mark);
  }
}
