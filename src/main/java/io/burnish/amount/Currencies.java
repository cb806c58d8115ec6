package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;

/** Finds the currency that belongs to a number. */
final class Currencies {

  private final Tokens tokens;
  private final PhraseMatches matches;

  Currencies(Tokens tokens, PhraseMatches matches) {
    this.tokens = tokens;
    this.matches = matches;
  }

  /** The last token of the currency behind that token; -1 where there is none. */
  int after(int token) {
    int at = token < 0 ? 0 : tokens.last(token) + 1;
    while (tokens.isSign(at, '*')) {
      at++;
    }
    if (tokens.isCurrencySign(at)) {
      return belongsToNext(at, at) ? -1 : at;
    }
    int last = -1;
    for (PhraseMatch match : matches.beginningAt(at)) {
      if (match.has(Meaning.CURRENCY)
          && match.followsNumber()
          && (!match.phrase().adjacent() || tokens.isAdjacent(at))
          && !belongsToNext(match.first(), match.last())) {
        last = Math.max(last, match.last());
      }
    }
    return last;
  }

  /** The first token of the currency before that token; -1 where there is none. */
  int before(int token) {
    int at = token - 1;
    while (isBetween(at) && !endsCurrency(at)) {
      at--;
    }
    boolean apart = at != token - 1;
    if (tokens.isCurrencySign(at)) {
      return belongsToPrevious(at, at, token) ? -1 : withLetters(at);
    }
    int first = -1;
    for (PhraseMatch match : matches.endingAt(at)) {
      if (match.has(Meaning.CURRENCY)
          && match.precedesNumber()
          && (!match.phrase().adjacent() || (!apart && tokens.isAdjacent(token)))
          && !belongsToPrevious(match.first(), match.last(), token)) {
        first = first < 0 ? match.first() : Math.min(first, match.first());
      }
    }
    return first;
  }

  private boolean isBetween(int token) {
    return tokens.isSign(token, '-') || tokens.isSign(token, ':') || tokens.isSign(token, '.');
  }

  /** Whether the sign belongs to the currency, as the point of "Fr." does. */
  private boolean endsCurrency(int token) {
    for (PhraseMatch match : matches.endingAt(token)) {
      if (match.has(Meaning.CURRENCY)) {
        return true;
      }
    }
    return false;
  }

  /** US$ and R$ begin with their letters. */
  private int withLetters(int sign) {
    boolean letters =
        tokens.isAdjacent(sign)
            && tokens.is(sign - 1, Tokens.Type.WORD)
            && tokens.length(sign - 1) <= 3;
    return letters ? sign - 1 : sign;
  }

  private boolean belongsToNext(int first, int last) {
    return tokens.isNumber(last + 1) && tokens.isAdjacent(last + 1) && !tokens.isAdjacent(first);
  }

  private boolean belongsToPrevious(int first, int last, int number) {
    int before = first - 1;
    while (tokens.isSign(before, '*')) {
      before--;
    }
    if (!tokens.isNumber(before)) {
      return false;
    }
    boolean gluedToNumber = last == number - 1 && tokens.isAdjacent(number);
    return !gluedToNumber || tokens.isAdjacent(first);
  }
}
