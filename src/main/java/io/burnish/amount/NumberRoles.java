package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Tokens.Type;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/** Tells the role of a percentage or of money by the words around it. Not thread-safe. */
final class NumberRoles {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final Set<Meaning> OFF = EnumSet.of(Meaning.TAKEN_OFF);
  private static final Set<Meaning> OF_PERCENT =
      EnumSet.of(Meaning.SHARE, Meaning.TAKEN_OFF, Meaning.FORMER_PRICE);
  private static final Set<Meaning> OF_MONEY =
      EnumSet.of(Meaning.FORMER_PRICE, Meaning.MINIMUM_SPEND, Meaning.TAKEN_OFF, Meaning.PRICE);
  private static final Set<Meaning> OF_HUNDRED_PERCENT =
      EnumSet.of(Meaning.TAKEN_OFF, Meaning.FREE, Meaning.GIFT);

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final NumberContext context;

  NumberRoles(Tokens tokens, PhraseMatches matches, NumberContext context) {
    this.tokens = tokens;
    this.matches = matches;
    this.context = context;
  }

  /** The role of a percentage. */
  AmountRole ofPercentage(DraftAmount number) {
    if (tokens.isStruck(number.number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning after = context.after(number, OF_PERCENT);
    if (after == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    Meaning before = context.before(number, OF_PERCENT);
    if (after == Meaning.SHARE || before == Meaning.SHARE) {
      return AmountRole.SHARE;
    }
    if (before == Meaning.FORMER_PRICE || after == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    boolean off =
        before == Meaning.TAKEN_OFF
            || (number.is(HUNDRED) && context.near(number, OF_HUNDRED_PERCENT));
    return off ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  /** The role of money. */
  AmountRole ofMoney(DraftAmount number) {
    if (tokens.isStruck(number.number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning before = context.before(number, OF_MONEY);
    if (before == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    if (before == Meaning.MINIMUM_SPEND) {
      return AmountRole.MINIMUM_SPEND;
    }
    Meaning after = context.after(number, OF_MONEY);
    if (after == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    if (after == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    if (after == Meaning.MINIMUM_SPEND || isAndMore(number) || context.followsDiscount(number)) {
      return AmountRole.MINIMUM_SPEND;
    }
    return before == Meaning.TAKEN_OFF ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  /** Whether the words after the number say that it is taken off. */
  boolean isTakenOff(DraftAmount number) {
    return context.after(number, OFF) != null;
  }

  /** 300+ means 300 and more; $49+tax is a price. */
  private boolean isAndMore(DraftAmount number) {
    int plus = number.last + 1;
    if (!tokens.isSign(plus, '+') || !tokens.isAdjacent(plus)) {
      return false;
    }
    int next = plus + 1;
    if (tokens.isNumber(next) || tokens.isCurrencySign(next)) {
      return false;
    }
    if (tokens.isAdjacent(next)) {
      return tokens.is(next, Type.SIGN);
    }
    return matches.afterNumber(next, Meaning.ON_TOP) == null;
  }
}
