package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.Phrase;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads numbers that a sign or word explains: percentages and money. Not thread-safe. */
final class SignedNumbers {

  private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal TOO_MANY_PENCE = BigDecimal.valueOf(200);

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Currencies currencies;
  private final NumberRoles roles;
  private final BitSet pricesOfSeveral;

  /**
   * @param pricesOfSeveral numbers that are prices of several pieces
   */
  SignedNumbers(
      Tokens tokens,
      PhraseMatches matches,
      Currencies currencies,
      NumberRoles roles,
      BitSet pricesOfSeveral) {
    this.tokens = tokens;
    this.matches = matches;
    this.currencies = currencies;
    this.roles = roles;
    this.pricesOfSeveral = pricesOfSeveral;
  }

  /** The number as a percentage or money; null if nothing explains it. */
  @Nullable DraftAmount read(DraftAmount number) {
    if (takePercent(number)) {
      return number.as(AmountKind.PERCENT, roles.ofPercentage(number));
    }
    DraftAmount multiplied = multiplied(number);
    if (multiplied != null) {
      return multiplied;
    }
    if (takeCurrency(number)
        || tokens.hasPriceMark(number.number)
        || pricesOfSeveral.get(number.number)) {
      return number.as(AmountKind.MONEY, roles.ofMoney(number));
    }
    return null;
  }

  /** The same of a number in words. */
  @Nullable DraftAmount readInWords(DraftAmount number) {
    if (takePercent(number)) {
      return number.as(AmountKind.PERCENT, roles.ofPercentage(number));
    }
    if (currencies.after(number.last) >= 0) {
      takeCurrency(number);
      return number.as(AmountKind.MONEY, roles.ofMoney(number));
    }
    return null;
  }

  /** Extends the number by its percent sign or word; false if it has none. */
  private boolean takePercent(DraftAmount number) {
    int after = number.last + 1;
    while (tokens.isSign(after, '*')) {
      after++;
    }
    if (tokens.isSign(after, '-') && tokens.isAdjacent(after) && tokens.isAdjacent(after + 1)) {
      after += tokens.isSign(after + 1, '%') ? 1 : 0;
    }
    if (tokens.isSign(after, '%') && !isSignOfNext(after)) {
      number.to(after);
      return true;
    }
    PhraseMatch word = matches.afterNumber(after, Meaning.PERCENT);
    if (word != null) {
      number.to(word.last());
      return true;
    }
    int before = number.first - 1;
    if (tokens.isSign(before, '%') && !isSignOfPrevious(before, number.first)) {
      number.from(before);
      return true;
    }
    word = matches.beforeNumber(before, Meaning.PERCENT);
    if (word != null && word.phrase().side() == Phrase.Side.AFTER) {
      number.from(word.first());
      return true;
    }
    return false;
  }

  private boolean isSignOfNext(int sign) {
    return tokens.isNumber(sign + 1) && tokens.isAdjacent(sign + 1) && !tokens.isAdjacent(sign);
  }

  private boolean isSignOfPrevious(int sign, int number) {
    return tokens.isNumber(sign - 1) && (tokens.isAdjacent(sign) || !tokens.isAdjacent(number));
  }

  /** Money in hundredths, thousands or millions; null if no word multiplies the number. */
  private @Nullable DraftAmount multiplied(DraftAmount number) {
    int after = number.last + 1;
    PhraseMatch minor = matches.afterNumber(after, Meaning.MINOR_UNIT);
    if (minor != null && !(minor.phrase().adjacent() && isNotPence(number))) {
      DraftAmount cents = times(number, HUNDREDTH).to(minor.last());
      cents.isMinor = true;
      return cents.as(AmountKind.MONEY, roles.ofMoney(cents));
    }
    PhraseMatch thousands = matches.afterNumber(after, Meaning.THOUSAND);
    PhraseMatch magnitude =
        thousands != null ? thousands : matches.afterNumber(after, Meaning.MILLION);
    if (magnitude == null) {
      return null;
    }
    DraftAmount large = times(number, thousands != null ? THOUSAND : MILLION).to(magnitude.last());
    if (takeCurrency(large)) {
      return large.as(AmountKind.MONEY, roles.ofMoney(large));
    }
    if (roles.isTakenOff(large)) {
      return large.as(AmountKind.BARE, AmountRole.TAKEN_OFF);
    }
    return large.as(
        AmountKind.BARE,
        magnitude.phrase().adjacent() ? AmountRole.NOT_AN_OFFER : AmountRole.OFFERED);
  }

  /** 1080p is a resolution, £9.99p/m is pounds. */
  private boolean isNotPence(DraftAmount number) {
    if (currencies.before(number.first) >= 0) {
      return true;
    }
    for (BigDecimal value : number.readings) {
      if (value.scale() > 0) {
        return true;
      }
    }
    return number.reaches(TOO_MANY_PENCE);
  }

  private static DraftAmount times(DraftAmount number, BigDecimal factor) {
    Set<BigDecimal> multiplied = new HashSet<>();
    number.readings.forEach(reading -> multiplied.add(factor.multiply(reading)));
    return new DraftAmount(number.number, number.last, multiplied);
  }

  /** Extends the number by its currency; false if it has none. */
  private boolean takeCurrency(DraftAmount number) {
    int after = currencies.after(number.last);
    int before = currencies.before(number.first);
    if (after >= 0) {
      number.to(after);
    }
    if (before >= 0) {
      number.from(before);
    }
    return after >= 0 || before >= 0;
  }
}
