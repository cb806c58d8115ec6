package io.burnish.amount;

import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Set;

/** Numbers that are none by the signs between them: telephone numbers, dates, times, fractions. */
final class Exclusions {

  private static final int TELEPHONE_DIGITS = 7;
  private static final int SUBSCRIBER_DIGITS = 6;
  private static final int LAST_DAY = 31;
  private static final int LARGEST_DENOMINATOR = 99;

  private final Tokens tokens;
  private final Currencies currencies;
  private final BitSet excluded;

  private Exclusions(Tokens tokens, Currencies currencies) {
    this.tokens = tokens;
    this.currencies = currencies;
    excluded = new BitSet(tokens.count());
  }

  static BitSet in(Tokens tokens, Currencies currencies) {
    Exclusions exclusions = new Exclusions(tokens, currencies);
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        exclusions.look(i);
      }
    }
    return exclusions.excluded;
  }

  private void look(int number) {
    if (isShortNumber(number)) {
      excluded.set(number);
    }
    if (joins(number + 1, ':') && isBareBefore(number)) {
      tokens.merge(number, number + 2, centsByColon(number), false);
    }
    if (joins(number + 1, '/')) {
      slash(number);
    }
    if (joins(number + 1, '-') && !(joins(number - 1, '-'))) {
      telephone(number, '-');
    }
    if (isLeadingZero(number) || tokens.isSign(number - 1, '+')) {
      spacedTelephone(number);
    }
  }

  /** 45:90 kr, as in Sweden; without a currency it is a time. */
  private Set<BigDecimal> centsByColon(int number) {
    int cents = number + 2;
    boolean price =
        currencies.after(cents) >= 0
            && tokens.length(cents) == 2
            && tokens.smallNumber(number) >= 0
            && tokens.smallNumber(cents) >= 0;
    return price
        ? Set.of(
            BigDecimal.valueOf(tokens.smallNumber(number) * 100L + tokens.smallNumber(cents), 2))
        : Set.of();
  }

  /** Israeli short numbers such as *1234. */
  private boolean isShortNumber(int number) {
    int digits = tokens.length(number);
    return tokens.isSign(number - 1, '*')
        && tokens.isAdjacent(number)
        && !tokens.isNumber(number - 2)
        && digits >= 3
        && digits <= 5
        && !tokens.readings(number).isEmpty()
        && !tokens.isSign(number + 1, '*')
        && !tokens.isSign(number + 1, '%')
        && currencies.after(number) < 0;
  }

  private boolean joins(int sign, char c) {
    return sign > 0
        && tokens.isSign(sign, c)
        && tokens.isNumber(sign - 1)
        && tokens.isNumber(sign + 1)
        && tokens.isAdjacent(sign)
        && tokens.isAdjacent(sign + 1);
  }

  private boolean isBareBefore(int number) {
    return currencies.before(number) < 0;
  }

  /** 31/12, 24/7 and 1/2; also the 100 of 12.90/100 g. */
  private void slash(int number) {
    int second = number + 2;
    if (currencies.after(second) >= 0) {
      return;
    }
    excluded.set(second);
    int one = tokens.smallNumber(number);
    int other = tokens.smallNumber(second);
    boolean small = one >= 0 && one <= LAST_DAY && other >= 0 && other <= LARGEST_DENOMINATOR;
    if (isBareBefore(number) && (small || joins(second + 1, '/'))) {
      int last = joins(second + 1, '/') ? second + 2 : second;
      tokens.merge(number, last, Set.of(), false);
    }
  }

  private void telephone(int first, char between) {
    int last = first;
    int digits = tokens.length(first);
    while (joins(last + 1, between)) {
      last += 2;
      digits += tokens.length(last);
    }
    int groups = (last - first) / 2 + 1;
    boolean telephone =
        groups > 2
            ? digits >= TELEPHONE_DIGITS
            : isLeadingZero(first)
                || (tokens.length(last) >= SUBSCRIBER_DIGITS
                    && currencies.after(last) < 0
                    && currencies.before(first) < 0);
    if (telephone) {
      for (int i = first; i <= last; i += 2) {
        excluded.set(i);
      }
    }
  }

  private boolean isLeadingZero(int number) {
    return tokens.isNumber(number)
        && tokens.length(number) > 1
        && tokens.text().charAt(tokens.start(number)) == '0'
        && tokens.readings(number).isEmpty();
  }

  /** 054 123 4567 and +972 54 1234567. */
  private void spacedTelephone(int first) {
    int last = first;
    int digits = tokens.length(first);
    while (last - first < 8 && (tokens.isNumber(last + 1) || isSeparator(last + 1))) {
      last++;
      digits += tokens.isNumber(last) ? tokens.length(last) : 0;
    }
    if (digits > TELEPHONE_DIGITS) {
      for (int i = first; i <= last; i++) {
        if (tokens.isNumber(i)) {
          excluded.set(i);
        }
      }
    }
  }

  private boolean isSeparator(int token) {
    return (tokens.isSign(token, '-') || tokens.isSign(token, ')') || tokens.isSign(token, '('))
        && tokens.isNumber(token + 1);
  }
}
