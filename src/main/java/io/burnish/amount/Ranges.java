package io.burnish.amount;

import java.util.List;

/** "10-20%" and "€100 to 200" say of both numbers what only one of them has beside it. */
final class Ranges {

  private static final int MOST_BETWEEN = 4;

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Currencies currencies;

  Ranges(Tokens tokens, PhraseMatches matches, Currencies currencies) {
    this.tokens = tokens;
    this.matches = matches;
    this.currencies = currencies;
  }

  /** Shares kind and role within ranges; {@code numbers} in the order of the text. */
  void share(List<DraftAmount> numbers) {
    for (int i = numbers.size() - 2; i >= 0; i--) {
      DraftAmount first = numbers.get(i);
      DraftAmount second = numbers.get(i + 1);
      if (first.isUnexplained() && !second.isUnexplained()) {
        boolean word = isWord(first, second) && second.role != AmountRole.NOT_AN_OFFER;
        if (word || isDash(first, second)) {
          first.as(second.kind, second.role);
        }
      }
    }
    for (int i = 1; i < numbers.size(); i++) {
      DraftAmount first = numbers.get(i - 1);
      DraftAmount second = numbers.get(i);
      if (second.isUnexplained() && isDash(first, second)) {
        second.as(first.kind, first.role);
      }
    }
  }

  /** Nothing but a dash, and signs of the two numbers. */
  private boolean isDash(DraftAmount first, DraftAmount second) {
    int dashes = 0;
    for (int at = tokens.last(first.number) + 1; at < second.number; at++) {
      if (tokens.isSign(at, '-')) {
        dashes++;
      } else if (!isOwnSign(at)) {
        return false;
      }
    }
    return dashes == 1 && isNear(first, second);
  }

  private boolean isWord(DraftAmount first, DraftAmount second) {
    int words = 0;
    for (int at = tokens.last(first.number) + 1; at < second.number; at++) {
      boolean word = matches.beginningAt(at).stream().anyMatch(match -> match.has(Meaning.RANGE));
      if (word) {
        words++;
      } else if (!tokens.isSign(at, '-') && !isOwnSign(at)) {
        return false;
      }
    }
    return words == 1 && isNear(first, second);
  }

  private boolean isNear(DraftAmount first, DraftAmount second) {
    return second.number - tokens.last(first.number) <= MOST_BETWEEN;
  }

  private boolean isOwnSign(int token) {
    return tokens.isSign(token, '%')
        || tokens.isCurrencySign(token)
        || matches.beginningAt(token).stream().anyMatch(match -> match.has(Meaning.CURRENCY));
  }
}
