package io.burnish.amount;

import io.burnish.amount.text.NormalText;
import io.burnish.amount.token.NumberScanner;
import io.burnish.amount.token.Spelling;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Makes one number of what is written as several: thousands apart by ordinary blanks ({@code 9 800
 * Kč}), a currency in the place of the decimal point ({@code 35€ 99}), a blank beside it ({@code
 * $119. 95}).
 */
final class NumberMerger {

  /** Of three digits behind the first; more of them are a list of numbers. */
  private static final int MOST_GROUPS = 4;

  private final Tokens tokens;
  private final Currencies currencies;

  private NumberMerger(Tokens tokens, Currencies currencies) {
    this.tokens = tokens;
    this.currencies = currencies;
  }

  static void merge(Tokens tokens, Currencies currencies) {
    NumberMerger merger = new NumberMerger(tokens, currencies);
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i) && !merger.thousands(i) && !merger.currencyInside(i)) {
        merger.blankAfterPoint(i);
      }
    }
  }

  private boolean thousands(int first) {
    int digits = tokens.length(first);
    if (digits > 3 || tokens.smallNumber(first) < 1 || isGluedToWord(first)) {
      return false;
    }
    int last = first;
    while (isNextGroup(last + 1)) {
      if (last - first == MOST_GROUPS) {
        return false;
      }
      last++;
      if (tokens.length(last) != 3) {
        break;
      }
    }
    if (last == first || !hasCurrency(first, last)) {
      return false;
    }
    StringBuilder value = new StringBuilder();
    for (int i = first; i <= last; i++) {
      value.append(tokens.text().substring(tokens.start(i), tokens.end(i)));
    }
    boolean priceMark = tokens.hasPriceMark(last);
    String number = value.toString().replaceAll("[,./]-+$", "").replace(',', '.');
    tokens.merge(first, last, Set.of(new BigDecimal(number)), priceMark);
    return true;
  }

  private boolean isGluedToWord(int number) {
    return tokens.isAdjacent(number) && Spelling.isLatinWord(tokens, number - 1);
  }

  /** Three digits, with decimals or without, one blank behind the number before. */
  private boolean isNextGroup(int token) {
    if (!tokens.isNumber(token) || tokens.start(token) != tokens.end(token - 1) + 1) {
      return false;
    }
    NormalText text = tokens.text();
    int start = tokens.start(token);
    int digits = 0;
    while (start + digits < tokens.end(token)
        && NumberScanner.isDigit(text.charAt(start + digits))) {
      digits++;
    }
    int rest = tokens.length(token) - digits;
    boolean decimals = rest == 2 || rest == 3 || rest == 0;
    return digits == 3 && decimals;
  }

  private boolean hasCurrency(int first, int last) {
    if (tokens.hasPriceMark(last) || currencies.after(last) >= 0) {
      return true;
    }
    return currencies.before(first) >= 0 && !tokens.is(last + 1, Tokens.Type.WORD);
  }

  private boolean currencyInside(int number) {
    boolean inside =
        isWhole(number)
            && tokens.isCurrencySign(number + 1)
            && tokens.isAdjacent(number + 1)
            && isTwoDigits(number + 2)
            && tokens.start(number + 2) - tokens.end(number + 1) <= 1
            && endsThere(number + 2);
    if (inside) {
      tokens.merge(number, number + 2, Set.of(decimal(number, number + 2)), true);
    }
    return inside;
  }

  private void blankAfterPoint(int number) {
    if (isWhole(number) && isCents(number + 1) && currencies.before(number) >= 0) {
      NormalText text = tokens.text();
      String cents = text.substring(tokens.start(number + 1), tokens.end(number + 1));
      String whole = text.substring(tokens.start(number), tokens.end(number));
      tokens.merge(
          number, number + 1, Set.of(new BigDecimal(whole + cents.replace(',', '.'))), false);
    } else if (isWhole(number)
        && tokens.isSign(number + 1, '.')
        && tokens.isAdjacent(number + 1)
        && isTwoDigits(number + 2)
        && tokens.start(number + 2) - tokens.end(number + 1) == 1
        && currencies.before(number) >= 0
        && endsThere(number + 2)) {
      tokens.merge(number, number + 2, Set.of(decimal(number, number + 2)), false);
    }
  }

  private BigDecimal decimal(int whole, int cents) {
    NormalText text = tokens.text();
    return new BigDecimal(
        text.substring(tokens.start(whole), tokens.end(whole))
            + "."
            + text.substring(tokens.start(cents), tokens.end(cents)));
  }

  private boolean isWhole(int number) {
    return tokens.smallNumber(number) >= 0;
  }

  /** .95 one blank behind the number before. */
  private boolean isCents(int token) {
    return tokens.isNumber(token)
        && tokens.length(token) == 3
        && !NumberScanner.isDigit(tokens.text().charAt(tokens.start(token)))
        && tokens.start(token) == tokens.end(token - 1) + 1
        && endsThere(token);
  }

  private boolean isTwoDigits(int token) {
    return tokens.isNumber(token) && tokens.length(token) == 2 && tokens.smallNumber(token) >= 0;
  }

  private boolean endsThere(int number) {
    int next = number + 1;
    return !tokens.is(next, Tokens.Type.WORD)
        && !tokens.isNumber(next)
        && !tokens.isSign(next, '%')
        && !tokens.isSign(next, '/')
        && !tokens.isSign(next, '-')
        && !tokens.isSign(next, '+')
        && !tokens.isCurrencySign(next);
  }
}
