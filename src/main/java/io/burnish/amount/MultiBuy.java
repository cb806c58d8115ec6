package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Spelling;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.BitSet;

/** Finds prices of several pieces: "2 for 5", "3×49.90", "2/$5". The count is no amount. */
final class MultiBuy {

  private static final int MAX_PIECES = 99;

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Currencies currencies;
  private final BitSet excluded;
  private final BitSet prices;

  private MultiBuy(Tokens tokens, PhraseMatches matches, Currencies currencies, BitSet excluded) {
    this.tokens = tokens;
    this.matches = matches;
    this.currencies = currencies;
    this.excluded = excluded;
    prices = new BitSet(tokens.count());
  }

  /**
   * Adds the counts to {@code excluded}.
   *
   * @return the numbers that are prices because of the count before them
   */
  static BitSet prices(
      Tokens tokens, PhraseMatches matches, Currencies currencies, BitSet excluded) {
    MultiBuy multiBuy = new MultiBuy(tokens, matches, currencies, excluded);
    for (int i = 0; i < tokens.count(); i++) {
      int count = tokens.smallNumber(i);
      if (count >= 1 && count <= MAX_PIECES && !excluded.get(i) && multiBuy.isBare(i)) {
        multiBuy.look(i, count);
      }
    }
    return multiBuy.prices;
  }

  private boolean isBare(int number) {
    return currencies.after(number) < 0
        && currencies.before(number) < 0
        && !tokens.isSign(number + 1, '%')
        && !(tokens.isSign(number - 1, '%') && tokens.isAdjacent(number));
  }

  private void look(int number, int count) {
    int next = tokens.last(number) + 1;
    if (isTimes(next)) {
      times(number, next + 1);
      return;
    }
    if (tokens.isSign(next, '/') && tokens.isCurrencySign(next + 1)) {
      excluded.set(number);
      return;
    }
    int price = afterFor(afterUnit(next));
    if (price > 0 && tokens.isNumber(price) && !excluded.get(price)) {
      forPrice(number, count, price);
    }
  }

  private boolean isTimes(int token) {
    boolean sign =
        tokens.isSign(token, '×') || tokens.isSign(token, '*') || Spelling.isLetterX(tokens, token);
    return sign && (tokens.isNumber(token + 1) || tokens.isCurrencySign(token + 1));
  }

  private void times(int number, int price) {
    int second = tokens.isCurrencySign(price) ? price + 1 : price;
    if (!tokens.isNumber(second)) {
      return;
    }
    excluded.set(number);
    boolean money =
        second != price || currencies.after(second) >= 0 || Spelling.hasCents(tokens, second);
    if (!money) {
      excluded.set(second);
    } else {
      prices.set(second);
    }
  }

  /** The token after a unit such as "pieces". */
  private int afterUnit(int token) {
    int after = token;
    for (PhraseMatch match : matches.beginningAt(token)) {
      if (match.has(Meaning.UNIT) && match.followsNumber()) {
        after = Math.max(after, match.last() + 1);
      }
    }
    return after;
  }

  /** The token of the price after "for"; -1 if there is no such word. */
  private int afterFor(int token) {
    for (PhraseMatch match : matches.beginningAt(token)) {
      if (match.has(Meaning.FOR)) {
        int at = match.last() + 1;
        while (tokens.isSign(at, '-') || tokens.isCurrencySign(at)) {
          at++;
        }
        return at;
      }
    }
    return -1;
  }

  private void forPrice(int number, int count, int price) {
    boolean marked = !isBare(price);
    if (marked) {
      excluded.set(number);
      return;
    }
    if (Spelling.isYear(tokens, price) || Spelling.isDayAndMonth(tokens, price)) {
      return;
    }
    excluded.set(number);
    boolean more =
        tokens.readings(price).stream()
            .anyMatch(reading -> reading.compareTo(BigDecimal.valueOf(count)) > 0);
    if (more && !isCounted(price)) {
      prices.set(price);
    } else {
      excluded.set(price);
    }
  }

  private boolean isCounted(int number) {
    return afterUnit(number + 1) > number + 1 || matches.hasBeginningAt(number + 1, Meaning.DATE);
  }
}
