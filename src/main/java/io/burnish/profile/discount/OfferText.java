package io.burnish.profile.discount;

import io.burnish.amount.Amount;
import io.burnish.amount.AmountKind;
import io.burnish.amount.AmountReader;
import io.burnish.amount.Lexicon;
import io.burnish.profile.Display;
import io.burnish.profile.Evidence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text that proves a price: its amounts, field by field. Immutable. */
final class OfferText {

  private static final AmountReader READER = new AmountReader(Lexicon.builtIn());

  /** A longer price field is a sentence, where a number can count anything. */
  private static final int MAX_TERSE_PRICE = 40;

  /** Numbers in a message. */
  private static final int MAX_NUMBERS = 12;

  private final List<OfferAmount> amounts;

  private OfferText(List<OfferAmount> amounts) {
    this.amounts = amounts;
  }

  /** Reads the sections. Messages name numbers in their order. */
  static OfferText of(List<TextSection> sections) {
    return of(sections, READER);
  }

  /** The same with the lexicon of that reader. */
  static OfferText of(List<TextSection> sections, AmountReader reader) {
    List<OfferAmount> read = new ArrayList<>();
    for (TextSection section : sections) {
      List<Amount> amounts = amounts(section, reader);
      boolean trusted = isTerse(section, amounts);
      amounts.forEach(amount -> read.add(new OfferAmount(section, amount, trusted)));
    }
    boolean priced =
        read.stream()
            .anyMatch(
                amount ->
                    amount.section().isOffer() && !amount.isFree() && amount.isPossiblePrice());
    return new OfferText(
        read.stream().filter(amount -> !(priced && amount.isMinorFreeItem())).toList());
  }

  private static List<Amount> amounts(TextSection section, AmountReader reader) {
    int before = section.context().length();
    if (before == 0) {
      return reader.read(section.text());
    }
    return reader.read(section.context() + section.text()).stream()
        .filter(amount -> amount.start() >= before)
        .map(amount -> amount.earlier(before))
        .toList();
  }

  /** In a sentence, or beside money or a percentage, a bare number counts something else. */
  private static boolean isTerse(TextSection section, List<Amount> amounts) {
    boolean explained =
        amounts.stream()
            .anyMatch(
                amount ->
                    amount.isOffered()
                        && (amount.kind() == AmountKind.MONEY
                            || amount.kind() == AmountKind.PERCENT));
    return !explained && section.text().length() <= MAX_TERSE_PRICE;
  }

  /**
   * Whether the text may name a price. False only if none of its numbers can be one in any reading,
   * and no offer is made in words.
   */
  boolean mayNamePrice() {
    return amounts.stream().anyMatch(OfferAmount::mayBePrice);
  }

  /** The first amount that could be the price of the offer; empty if there is none. */
  Optional<Evidence> possiblePrice() {
    return amounts.stream()
        .filter(OfferAmount::isPossiblePrice)
        .findFirst()
        .map(OfferAmount::evidence);
  }

  /** The evidence of a price; empty if nothing proves it. */
  Optional<Evidence> evidenceOf(DiscountType type, BigDecimal price) {
    return proofs(type, price).findFirst().map(OfferAmount::evidence);
  }

  /** Whether the text contains the price in the sense of the type. */
  boolean proves(DiscountType type, BigDecimal price) {
    return proofs(type, price).findAny().isPresent();
  }

  /** Whether the text contains the number in any sense, in digits or words. */
  boolean contains(BigDecimal value) {
    return amounts.stream().anyMatch(amount -> !amount.isOnePlusOne() && amount.is(value));
  }

  /** The first place of the number. */
  Optional<Evidence> placeOf(BigDecimal value) {
    return first(value).map(OfferAmount::evidence);
  }

  /** The first place of the number with some characters on either side. */
  Optional<String> quoteOf(BigDecimal value) {
    return first(value).map(OfferAmount::quote);
  }

  /** The numbers that could be a price, for a message; "none" if there are none. */
  String numbersFound() {
    String named =
        amounts.stream()
            .filter(amount -> amount.isNumber() && amount.isPossiblePrice())
            .flatMap(amount -> amount.amount().readings().stream().sorted())
            .map(BigDecimal::stripTrailingZeros)
            .map(Display::of)
            .distinct()
            .limit(MAX_NUMBERS)
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }

  private Optional<OfferAmount> first(BigDecimal value) {
    return amounts.stream().filter(amount -> amount.isNumber() && amount.is(value)).findFirst();
  }

  private Stream<OfferAmount> proofs(DiscountType type, BigDecimal price) {
    return amounts.stream()
        .filter(
            amount ->
                amount.is(price)
                    && switch (type) {
                      case PERCENTAGE -> amount.isPercentage();
                      case FIXED_AMOUNT, COST -> amount.isMoney();
                      case BUY_ONE_GET_ONE -> amount.isOnePlusOne();
                    });
  }
}
