package io.burnish.amount.phrase;

import io.burnish.amount.phrase.Phrase.Element;
import io.burnish.amount.token.Spelling;
import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** Finds the phrases of a lexicon in the tokens of one text. Not thread-safe. */
public final class PhraseMatcher {

  private static final int MAX_GAP = 6;

  private final Tokens tokens;
  private final PhraseIndex phrases;
  private final PhraseMatches matches;
  private final List<Candidate> deferred = new ArrayList<>();

  private PhraseMatcher(Tokens tokens, PhraseIndex phrases) {
    this.tokens = tokens;
    this.phrases = phrases;
    this.matches = new PhraseMatches(tokens);
  }

  /** A phrase that may begin at a token. */
  private record Candidate(Phrase phrase, int first) {}

  /** All phrases that the tokens contain. */
  public static PhraseMatches matches(Tokens tokens, PhraseIndex phrases) {
    PhraseMatcher matcher = new PhraseMatcher(tokens, phrases);
    matcher.run();
    return matcher.matches;
  }

  private void run() {
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        matchAll(phrases.beginningWithNumber(tokens.smallNumber(i)), i);
      } else {
        matchAll(phrases.beginningWith(tokens.word(i)), i);
        if (tokens.stem(i) != tokens.word(i)) {
          matchAll(phrases.beginningWith(tokens.stem(i)), i);
        }
      }
    }
    deferred.forEach(candidate -> match(candidate.phrase(), candidate.first()));
  }

  private void matchAll(Phrase[] candidates, int first) {
    for (Phrase phrase : candidates) {
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
      matches.add(new PhraseMatch(phrase, first, end - 1));
    }
  }

  private boolean areCapitals(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Spelling.isInCapitals(tokens, i)) {
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
      if (matches.endsSentence(at)) {
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
      for (PhraseMatch match : matches.beginningAt(at)) {
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
}
