package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;
import java.util.List;

/** Gives both numbers of a range the kind and role of one: "10-20%", "€100 to 200". */
final class Ranges {

  private static final int MAX_DISTANCE = 4;

  private final Tokens tokens;
  private final PhraseMatches matches;

  Ranges(Tokens tokens, PhraseMatches matches) {
    this.tokens = tokens;
    this.matches = matches;
  }

  /** Shares kinds and roles; the numbers are in the order of the text. */
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

  /** Whether only a dash and the signs of the numbers stand between them. */
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
      boolean word = matches.hasBeginningAt(at, Meaning.RANGE);
      if (word) {
        words++;
      } else if (!tokens.isSign(at, '-') && !isOwnSign(at)) {
        return false;
      }
    }
    return words == 1 && isNear(first, second);
  }

  private boolean isNear(DraftAmount first, DraftAmount second) {
    return second.number - tokens.last(first.number) <= MAX_DISTANCE;
  }

  private boolean isOwnSign(int token) {
    return tokens.isSign(token, '%')
        || tokens.isCurrencySign(token)
        || matches.hasBeginningAt(token, Meaning.CURRENCY);
  }
}
