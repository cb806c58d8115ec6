package io.burnish.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text an answer's price is proven by: its numbers, and offers made in words. Immutable. */
public final class OfferText {

  private static final BigDecimal FIFTY = BigDecimal.valueOf(50);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Numbers a message names at most. */
  private static final int MOST_NAMED = 12;

  private final List<NumberInText> numbers;
  private final boolean buyOneGetOne;
  private final boolean half;
  private final boolean free;

  private OfferText(List<NumberInText> numbers, boolean buyOneGetOne, boolean half, boolean free) {
    this.numbers = numbers;
    this.buyOneGetOne = buyOneGetOne;
    this.half = half;
    this.free = free;
  }

  /** Reads the passages; the weightiest should come first, as messages name its numbers first. */
  public static OfferText of(List<Passage> passages) {
    List<NumberInText> numbers = new ArrayList<>();
    boolean buyOneGetOne = false;
    boolean half = false;
    boolean freeOffer = false;
    boolean freeAnywhere = false;
    for (Passage passage : passages) {
      String text = NormalText.of(passage.text());
      numbers.addAll(NumberFinder.numbersIn(passage, text));
      buyOneGetOne |= OfferWording.saysBuyOneGetOne(text);
      half |= OfferWording.saysHalfPrice(text);
      boolean free = OfferWording.saysFree(text);
      freeAnywhere |= free;
      freeOffer |= free && passage.isOffer();
    }
    boolean priced =
        numbers.stream().anyMatch(number -> number.passage().isOffer() && isOffered(number));
    return new OfferText(
        List.copyOf(numbers), buyOneGetOne, half, freeOffer || (freeAnywhere && !priced));
  }

  /** Whether any answer could be proven by this text. */
  public boolean saysAnyPrice() {
    return buyOneGetOne || half || free || numbers.stream().anyMatch(OfferText::isOffered);
  }

  boolean saysBuyOneGetOne() {
    return buyOneGetOne;
  }

  /** Whether the number stands in the text in any sense, or is said in words. */
  boolean says(BigDecimal value) {
    return isSaidInWords(value) || numbers.stream().anyMatch(number -> number.is(value));
  }

  boolean saysPercentage(BigDecimal value) {
    return isSaidInWords(value)
        || numbers.stream()
            .anyMatch(
                number ->
                    number.is(value)
                        && number.isPercentage()
                        && (value.compareTo(HUNDRED) != 0 || isTakenOff(number)));
  }

  boolean saysAmount(BigDecimal value) {
    return numbers.stream().anyMatch(number -> number.is(value) && number.isAmount());
  }

  /** Where the number first stands. */
  Optional<String> quoteOf(BigDecimal value) {
    return numbers.stream().filter(number -> number.is(value)).map(NumberInText::quote).findFirst();
  }

  /** The numbers a price could be, for a message; "none" when there are none. */
  String numbersFound() {
    String named =
        numbers.stream()
            .filter(OfferText::isOffered)
            .flatMap(number -> number.readings().stream())
            .map(Quoted::of)
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }

  private boolean isSaidInWords(BigDecimal value) {
    return (half && value.compareTo(FIFTY) == 0) || (free && value.compareTo(HUNDRED) == 0);
  }

  private static boolean isOffered(NumberInText number) {
    return number.readings().stream()
        .anyMatch(
            reading ->
                (number.isPercentage() && DiscountType.PERCENTAGE.allows(reading))
                    || (number.isAmount() && DiscountType.FIXED_AMOUNT.allows(reading)));
  }

  /** 100% is also said of cotton, juice and loans. */
  private static boolean isTakenOff(NumberInText number) {
    return number.passage().isPriceField() || OfferWording.saysTakenOff(number.quote());
  }
}
