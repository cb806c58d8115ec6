package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Tokens.Type;

/**
 * Skips what may stand between a number and the phrase that explains it: small words, currencies,
 * dashes, quotes. Not thread-safe.
 */
final class Fillers {

  private static final char FIRST_HEBREW = '\u0590';

  private final Tokens tokens;
  private final PhraseMatches matches;

  Fillers(Tokens tokens, PhraseMatches matches) {
    this.tokens = tokens;
    this.matches = matches;
  }

  /** The next token to look at before that one; the same token if it is no filler. */
  int skipBefore(int at) {
    int filler = skipWordsBefore(at);
    if (filler != at) {
      return filler;
    }
    if (tokens.is(at, Type.SIGN)) {
      char sign = tokens.text().charAt(tokens.start(at));
      boolean skipped = ":-(~*\"'=>[".indexOf(sign) >= 0 || tokens.isCurrencySign(at);
      return skipped ? at - 1 : at;
    }
    if (tokens.is(at, Type.LINE_END) && tokens.isSign(at - 1, ':')) {
      return at - 1;
    }
    return at;
  }

  /** The same for small words, currencies, and letters that a language attaches to a number. */
  int skipWordsBefore(int at) {
    int next = at;
    for (PhraseMatch match : matches.endingAt(at)) {
      if (match.has(Meaning.FILLER) || match.has(Meaning.CURRENCY)) {
        next = Math.min(next, match.first() - 1);
      }
    }
    if (next == at && tokens.isCurrencySign(at)) {
      return at - 1;
    }
    return next == at && isAttached(at) ? at - 1 : next;
  }

  /** The next token to look at after that one; the same token if it is no filler. */
  int skipAfter(int at) {
    int next = at;
    for (PhraseMatch match : matches.beginningAt(at)) {
      if (match.has(Meaning.FILLER) || match.has(Meaning.CURRENCY)) {
        next = Math.max(next, match.last() + 1);
      }
    }
    if (next != at || !tokens.is(at, Type.SIGN)) {
      return next;
    }
    char sign = tokens.text().charAt(tokens.start(at));
    boolean dash = sign == '-' && !tokens.isNumber(at + 1);
    return ")*\"']".indexOf(sign) >= 0 || dash ? at + 1 : at;
  }

  /** Whether all tokens from the first to before the second are small words. */
  boolean areFillers(int from, int to) {
    for (int at = from; at < to; at++) {
      boolean small =
          tokens.isSign(at, '-')
              || isAttached(at)
              || (tokens.is(at, Type.WORD) && tokens.length(at) == 1)
              || matches.hasBeginningAt(at, Meaning.FILLER)
              || matches.hasBeginningAt(at, Meaning.RANGE);
      if (!small) {
        return false;
      }
    }
    return true;
  }

  /** Whether the token is one or two letters that adjoin the next token, as Hebrew writes them. */
  private boolean isAttached(int token) {
    if (!tokens.is(token, Type.WORD) || tokens.length(token) > 2) {
      return false;
    }
    for (int i = tokens.start(token); i < tokens.end(token); i++) {
      if (tokens.text().charAt(i) < FIRST_HEBREW) {
        return false;
      }
    }
    return tokens.isAdjacent(token + 1);
  }
}
