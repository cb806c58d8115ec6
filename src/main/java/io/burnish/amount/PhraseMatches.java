package io.burnish.amount;

import io.burnish.amount.Phrase.Element;
import io.burnish.amount.Tokens.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All phrases of the lexicon that a text contains, by token. Not thread-safe. */
final class PhraseMatches {

  private static final int MAX_GAP = 6;
  private static final List<PhraseMatch> NONE = List.of();

  private final Tokens tokens;
  private final List<PhraseMatch> all = new ArrayList<>();
  private final @Nullable Object[] byFirst;
  private final @Nullable Object[] byLast;

  private PhraseMatches(Tokens tokens) {
    this.tokens = tokens;
    byFirst = new Object[tokens.count() + 1];
    byLast = new Object[tokens.count() + 1];
  }

  static PhraseMatches in(Tokens tokens, PhraseIndex phrases) {
    PhraseMatches matches = new PhraseMatches(tokens);
    List<Candidate> deferred = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        matches.matchAll(phrases.beginningWithNumber(tokens.smallNumber(i)), i, deferred);
      } else {
        matches.matchAll(phrases.beginningWith(tokens.word(i)), i, deferred);
        if (tokens.stem(i) != tokens.word(i)) {
          matches.matchAll(phrases.beginningWith(tokens.stem(i)), i, deferred);
        }
      }
    }
    deferred.forEach(candidate -> matches.match(candidate.phrase(), candidate.first()));
    return matches;
  }

  private record Candidate(Phrase phrase, int first) {}

  /** In the order of their first tokens; phrases that refer to other phrases come last. */
  List<PhraseMatch> all() {
    return all;
  }

  /** The matches whose first token that is. */
  List<PhraseMatch> beginningAt(int token) {
    return at(byFirst, token);
  }

  /** The matches whose last token that is. */
  List<PhraseMatch> endingAt(int token) {
    return at(byLast, token);
  }

  /** The longest match of the meaning that follows its number and begins at the token, or null. */
  @Nullable PhraseMatch afterNumber(int token, Meaning meaning) {
    return longest(beginningAt(token), meaning, false);
  }

  /** The longest match of the meaning that precedes its number and ends at the token, or null. */
  @Nullable PhraseMatch beforeNumber(int token, Meaning meaning) {
    return longest(endingAt(token), meaning, true);
  }

  private @Nullable PhraseMatch longest(
      List<PhraseMatch> candidates, Meaning meaning, boolean numberAfter) {
    PhraseMatch longest = null;
    for (PhraseMatch match : candidates) {
      boolean side = numberAfter ? match.precedesNumber() : match.followsNumber();
      if (match.has(meaning)
          && side
          && (!match.phrase().adjacent()
              || tokens.isAdjacent(numberAfter ? match.last() + 1 : match.first()))
          && (longest == null || match.last() > longest.last())) {
        longest = match;
      }
    }
    return longest;
  }

  /** Whether a match of one of the meanings begins at the token. */
  boolean hasBeginningAt(int token, Meaning meaning) {
    for (PhraseMatch match : beginningAt(token)) {
      if (match.has(meaning)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the token ends a sentence or a line. */
  boolean endsSentence(int token) {
    return tokens.is(token, Type.LINE_END)
        || (tokens.is(token, Type.SIGN)
            && ".!?;|•".indexOf(tokens.text().charAt(tokens.start(token))) >= 0);
  }

  private void matchAll(Phrase[] phrases, int first, List<Candidate> deferred) {
    for (Phrase phrase : phrases) {
      if (phrase.hasReference()) {
        deferred.add(new Candidate(phrase, first));
      } else if (phrase.secondWord() == Vocabulary.UNKNOWN
          || mayBe(first + 1, phrase.secondWord())) {
        match(phrase, first);
      }
    }
  }

  /** False if the token is certainly not that element; most candidates end here. */
  private boolean mayBe(int token, int word) {
    return token < tokens.count()
        && (tokens.word(token) == word || tokens.stem(token) == word || tokens.isSign(token, '-'));
  }

  private void match(Phrase phrase, int first) {
    int end = endOf(phrase, 0, first);
    if (end > first && (!phrase.capitals() || areCapitals(first, end))) {
      PhraseMatch match = new PhraseMatch(phrase, first, end - 1);
      all.add(match);
      put(byFirst, first, match);
      put(byLast, end - 1, match);
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

  /** The token after the elements from that one on; -1 if the tokens do not match them. */
  private int endOf(Phrase phrase, int element, int token) {
    int at = token;
    for (int i = element; i < phrase.elements().size(); i++) {
      Element expected = phrase.elements().get(i);
      if (expected instanceof Element.Gap) {
        return endAfterGap(phrase, i + 1, at);
      }
      int end = endOf(phrase, expected, at);
      if (end < 0 && i > 0 && tokens.isSign(at, '-')) {
        end = endOf(phrase, expected, at + 1);
      }
      if (end < 0) {
        return -1;
      }
      at = end;
    }
    return at;
  }

  private int endAfterGap(Phrase phrase, int element, int token) {
    for (int at = token; at <= token + MAX_GAP && at < tokens.count(); at++) {
      int end = endOf(phrase, element, at);
      if (end >= 0) {
        return end;
      }
      if (endsSentence(at)) {
        return -1;
      }
    }
    return -1;
  }

  private int endOf(Phrase phrase, Element expected, int at) {
    if (at >= tokens.count()) {
      return -1;
    }
    if (expected instanceof Element.Word word) {
      boolean stem = tokens.stem(at) == word.word() && phrase.meaning().takesPrefix();
      return tokens.word(at) == word.word() || stem ? at + 1 : -1;
    }
    if (expected instanceof Element.Whole whole) {
      return tokens.smallNumber(at) == whole.value() && !hasUnit(at) ? at + 1 : -1;
    }
    if (expected instanceof Element.Any any) {
      int end = -1;
      for (PhraseMatch match : beginningAt(at)) {
        end = match.has(any.meaning()) ? Math.max(end, match.last() + 1) : end;
      }
      return end;
    }
    return -1;
  }

  /** Whether a sign makes the number a percentage or money. */
  private boolean hasUnit(int number) {
    return tokens.isSign(number + 1, '%')
        || tokens.isCurrencySign(number - 1)
        || (tokens.isCurrencySign(number + 1) && !tokens.isNumber(number + 2));
  }

  @SuppressWarnings("unchecked")
  private static List<PhraseMatch> at(@Nullable Object[] matches, int token) {
    if (token < 0 || token >= matches.length || matches[token] == null) {
      return NONE;
    }
    return (List<PhraseMatch>) matches[token];
  }

  /** A list of one until a second match comes: most tokens have one. */
  private static void put(@Nullable Object[] matches, int token, PhraseMatch match) {
    List<PhraseMatch> here = at(matches, token);
    if (here.isEmpty()) {
      matches[token] = List.of(match);
    } else if (here.size() == 1) {
      List<PhraseMatch> more = new ArrayList<>(4);
      more.add(here.get(0));
      more.add(match);
      matches[token] = more;
    } else {
      here.add(match);
    }
  }
}
