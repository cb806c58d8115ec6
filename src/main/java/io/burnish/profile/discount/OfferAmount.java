package io.burnish.profile.discount;

import io.burnish.amount.Amount;
import io.burnish.amount.AmountKind;
import io.burnish.amount.AmountRole;
import io.burnish.profile.Evidence;
import io.burnish.profile.Passage;
import java.math.BigDecimal;

/**
 * An amount of an offer's text, and which answers it can prove.
 *
 * @param trusted whether the amount may be the price with neither sign nor word beside it
 */
record OfferAmount(Passage passage, Amount amount, boolean trusted) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int QUOTED_AROUND = 20;

  boolean is(BigDecimal value) {
    return amount.is(value);
  }

  /** Whether it can be what is taken off in per cent. */
  boolean isPercentage() {
    if (!amount.isOffered()) {
      return false;
    }
    return switch (amount.kind()) {
      case PERCENT -> !is(HUNDRED) || isTakenOff();
      case BARE ->
          amount.role() == AmountRole.TAKEN_OFF
              ? passage.isPriceField()
              : trusted && passage.kind() == Passage.Kind.PERCENTAGE;
      case HALF, FREE -> true;
      case MONEY, ONE_PLUS_ONE -> false;
    };
  }

  /** Whether it can be what is to be paid, or is taken off in money. */
  boolean isMoney() {
    if (!amount.isOffered()) {
      return false;
    }
    return switch (amount.kind()) {
      case MONEY -> true;
      case BARE -> amount.role() == AmountRole.TAKEN_OFF || (trusted && passage.isPriceField());
      case PERCENT, HALF, FREE, ONE_PLUS_ONE -> false;
    };
  }

  boolean isOnePlusOne() {
    return amount.kind() == AmountKind.ONE_PLUS_ONE;
  }

  boolean isFree() {
    return amount.kind() == AmountKind.FREE;
  }

  /** Whether it is free only where nothing else is offered: a present, or something in prose. */
  boolean isFreeBesides() {
    return isFree() && (amount.role() == AmountRole.OFFERED || !passage.isOffer());
  }

  /** Whether it is a number, in digits or words. */
  boolean isNumber() {
    return switch (amount.kind()) {
      case MONEY, PERCENT, BARE -> true;
      case ONE_PLUS_ONE, HALF, FREE -> false;
    };
  }

  /** Whether a price of some type can be that. */
  boolean isPossiblePrice() {
    return amount.readings().stream()
        .anyMatch(
            reading ->
                (isPercentage() && DiscountType.PERCENTAGE.allows(reading))
                    || (isMoney() && DiscountType.FIXED_AMOUNT.allows(reading))
                    || isOnePlusOne());
  }

  /**
   * Whether it could be a price if its role were read wrong: not 0, not 0.4%, no date, no count.
   */
  boolean mayBePrice() {
    return amount.role() != AmountRole.NOT_AN_OFFER
        && switch (amount.kind()) {
          case PERCENT -> amount.readings().stream().anyMatch(DiscountType.PERCENTAGE::allows);
          case MONEY, BARE ->
              amount.readings().stream().anyMatch(DiscountType.FIXED_AMOUNT::allows);
          case ONE_PLUS_ONE, HALF, FREE -> true;
        };
  }

  /** The number with a few words around it. */
  String quote() {
    String text = passage.text();
    int start = Math.max(0, amount.start() - QUOTED_AROUND);
    int end = Math.min(text.length(), amount.end() + QUOTED_AROUND);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return text.substring(start, end).strip();
  }

  Evidence evidence() {
    int start = passage.start() + amount.start();
    int end = passage.start() + amount.end();
    String text = passage.text().substring(amount.start(), amount.end());
    return new Evidence(passage.field(), start, end, text, amount.kind());
  }

  /** 100% is also said of cotton, juice and loans. */
  private boolean isTakenOff() {
    return passage.isPriceField() || amount.role() == AmountRole.TAKEN_OFF;
  }
}
