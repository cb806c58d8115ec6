package io.burnish.profile.discount.text;

import io.burnish.amount.AmountReader;
import io.burnish.amount.phrase.Lexicon;
import io.burnish.profile.Display;
import io.burnish.profile.Evidence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text that proves a price: its amounts, field by field. A field is read when its amounts are
 * first needed: most prices are proved by the first one, and the prose after it is long.
 * Thread-safe.
 */
public final class OfferText {

  private static final AmountReader READER = new AmountReader(Lexicon.builtIn());

  /** Numbers in a message. */
  private static final int MAX_NUMBERS = 12;

  private final List<SectionAmounts> sections;

  /** Whether the price field or the title names a price; null until it is first asked. */
  private @Nullable Boolean priced;

  private OfferText(List<SectionAmounts> sections) {
    this.sections = sections;
  }

  /** The text of the sections. Messages name numbers in their order. */
  public static OfferText of(List<TextSection> sections) {
    return of(sections, READER);
  }

  /** The same with the lexicon of that reader. */
  public static OfferText of(List<TextSection> sections, AmountReader reader) {
    return new OfferText(
        sections.stream().map(section -> new SectionAmounts(section, reader)).toList());
  }

  /** All amounts, without free items that a price outweighs. */
  private Stream<OfferAmount> amounts() {
    return sections.stream()
        .flatMap(section -> section.amounts().stream())
        .filter(amount -> !(amount.isMinorFreeItem() && isPriced()));
  }

  private boolean isPriced() {
    Boolean known = priced;
    if (known == null) {
      known =
          sections.stream()
              .filter(SectionAmounts::isOffer)
              .flatMap(section -> section.amounts().stream())
              .anyMatch(amount -> !amount.isFree() && amount.isPossiblePrice());
      priced = known;
    }
    return known;
  }

  /**
   * Whether the text may name a price. False only if none of its numbers can be one in any reading,
   * and no offer is made in words.
   */
  public boolean mayNamePrice() {
    return amounts().anyMatch(OfferAmount::mayBePrice);
  }

  /** The first amount that could be the price of the offer; empty if there is none. */
  public Optional<Evidence> possiblePrice() {
    return amounts().filter(OfferAmount::isPossiblePrice).findFirst().map(OfferAmount::evidence);
  }

  /** The evidence of a price; empty if nothing proves it. */
  public Optional<Evidence> evidenceOf(DiscountType type, BigDecimal price) {
    return proofs(type, price).findFirst().map(OfferAmount::evidence);
  }

  /** Whether the text contains the price in the sense of the type. */
  public boolean proves(DiscountType type, BigDecimal price) {
    return proofs(type, price).findAny().isPresent();
  }

  /** Whether the text contains the number in any sense, in digits or words. */
  public boolean contains(BigDecimal value) {
    return amounts().anyMatch(amount -> !amount.isOnePlusOne() && amount.is(value));
  }

  /** The first place of the number. */
  public Optional<Evidence> placeOf(BigDecimal value) {
    return first(value).map(OfferAmount::evidence);
  }

  /** The first place of the number with some characters on either side. */
  public Optional<String> quoteOf(BigDecimal value) {
    return first(value).map(OfferAmount::quote);
  }

  /** The numbers that could be a price, for a message; "none" if there are none. */
  public String numbersFound() {
    String named =
        amounts()
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
    return amounts().filter(amount -> amount.isNumber() && amount.is(value)).findFirst();
  }

  private Stream<OfferAmount> proofs(DiscountType type, BigDecimal price) {
    return amounts()
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
