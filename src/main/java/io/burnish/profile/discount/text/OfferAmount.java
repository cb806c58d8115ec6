package io.burnish.profile.discount.text;

import io.burnish.amount.Amount;
import io.burnish.amount.AmountKind;
import io.burnish.amount.AmountRole;
import io.burnish.profile.Evidence;
import java.math.BigDecimal;

/**
 * An amount in the text of an offer, and the answers that it can prove.
 *
 * @param trusted whether the amount can be the price without a sign or word beside it
 */
record OfferAmount(TextSection section, Amount amount, boolean trusted) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int QUOTE_MARGIN = 20;

  boolean is(BigDecimal value) {
    return amount.is(value);
  }

  /** Whether it can be a percentage off. */
  boolean isPercentage() {
    if (!amount.isOffered()) {
      return false;
    }
    return switch (amount.kind()) {
      case PERCENT -> !is(HUNDRED) || isTakenOff();
      case BARE ->
          amount.role() == AmountRole.TAKEN_OFF
              ? section.isPriceField()
              : trusted && section.kind() == TextSection.Kind.PERCENTAGE;
      case HALF, FREE -> true;
      case MONEY, ONE_PLUS_ONE -> false;
    };
  }

  /** Whether it can be a price to pay or an amount off. */
  boolean isMoney() {
    if (!amount.isOffered()) {
      return false;
    }
    return switch (amount.kind()) {
      case MONEY -> true;
      case BARE -> amount.role() == AmountRole.TAKEN_OFF || (trusted && section.isPriceField());
      case PERCENT, HALF, FREE, ONE_PLUS_ONE -> false;
    };
  }

  boolean isOnePlusOne() {
    return amount.kind() == AmountKind.ONE_PLUS_ONE;
  }

  boolean isFree() {
    return amount.kind() == AmountKind.FREE;
  }

  /** Whether a price in the offer outweighs it: a free gift, or a free item in prose. */
  boolean isMinorFreeItem() {
    return isFree() && (amount.role() == AmountRole.OFFERED || !section.isOffer());
  }

  /** Whether it is a number, in digits or words. */
  boolean isNumber() {
    return switch (amount.kind()) {
      case MONEY, PERCENT, BARE -> true;
      case ONE_PLUS_ONE, HALF, FREE -> false;
    };
  }

  /** Whether it can be a price of some type. */
  boolean isPossiblePrice() {
    return amount.readings().stream()
        .anyMatch(
            reading ->
                (isPercentage() && DiscountType.PERCENTAGE.allows(reading))
                    || (isMoney() && DiscountType.FIXED_AMOUNT.allows(reading))
                    || isOnePlusOne());
  }

  /** Whether it could be a price if its role was misread. 0, 0.4%, dates and counts cannot. */
  boolean mayBePrice() {
    return amount.role() != AmountRole.NOT_AN_OFFER
        && switch (amount.kind()) {
          case PERCENT -> amount.readings().stream().anyMatch(DiscountType.PERCENTAGE::allows);
          case MONEY, BARE ->
              amount.readings().stream().anyMatch(DiscountType.FIXED_AMOUNT::allows);
          case ONE_PLUS_ONE, HALF, FREE -> true;
        };
  }

  /** The number with up to 20 characters on either side. */
  String quote() {
    String text = section.text();
    int start = Math.max(0, amount.start() - QUOTE_MARGIN);
    int end = Math.min(text.length(), amount.end() + QUOTE_MARGIN);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return text.substring(start, end).strip();
  }

  Evidence evidence() {
    int start = section.start() + amount.start();
    int end = section.start() + amount.end();
    String text = section.text().substring(amount.start(), amount.end());
    return new Evidence(section.field(), start, end, text, amount.kind());
  }

  /** Tells a discount of 100% from 100% cotton, juice or loans. */
  private boolean isTakenOff() {
    return section.isPriceField() || amount.role() == AmountRole.TAKEN_OFF;
  }
}
