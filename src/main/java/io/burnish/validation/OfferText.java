package io.burnish.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text an answer's price is proven by: its numbers, and offers made in words. For one thread.
 */
public final class OfferText {

  private static final BigDecimal FIFTY = BigDecimal.valueOf(50);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Numbers a message names at most. */
  private static final int MOST_NAMED = 12;

  private final List<Read> read;
  private final List<NumberInText> numbers;

  // Found out when they are first asked for, as most answers never ask: words are dear to look for.
  private @Nullable Boolean buyOneGetOne;
  private @Nullable Boolean half;
  private @Nullable Boolean free;

  /** A passage, and its text in one spelling. */
  private record Read(Passage passage, String text) {}

  private OfferText(List<Read> read, List<NumberInText> numbers) {
    this.read = read;
    this.numbers = numbers;
  }

  /** Reads the passages; the weightiest should come first, as messages name its numbers first. */
  public static OfferText of(List<Passage> passages) {
    List<Read> read =
        passages.stream().map(passage -> new Read(passage, NormalText.of(passage.text()))).toList();
    List<NumberInText> numbers = new ArrayList<>();
    read.forEach(r -> numbers.addAll(NumberFinder.numbersIn(r.passage(), r.text())));
    return new OfferText(read, List.copyOf(numbers));
  }

  /**
   * Whether the text may name a price. False only where it certainly names none: it has no number,
   * but for dates, times and codes, and no words for one.
   */
  public boolean saysAnyPrice() {
    return numbers.stream().anyMatch(number -> !number.readings().isEmpty())
        || saysBuyOneGetOne()
        || saysHalf()
        || saysFree();
  }

  /**
   * What proves a price of that type; empty when the text does not.
   *
   * @param price in the type's range
   */
  public Optional<Evidence> evidenceOf(DiscountType type, BigDecimal price) {
    return switch (type) {
      case PERCENTAGE ->
          numberAs(
                  number ->
                      number.is(price)
                          && number.isPercentage()
                          && (price.compareTo(HUNDRED) != 0 || isTakenOff(number)),
                  price)
              .or(() -> wordsFor(price));
      case FIXED_AMOUNT, COST -> numberAs(number -> number.is(price) && number.isAmount(), price);
      case BUY_ONE_GET_ONE -> saysBuyOneGetOne() ? oneForAnother() : Optional.empty();
    };
  }

  /**
   * The first amount that could be the offer's price; empty when a statement that there is none is
   * to be believed.
   */
  public Optional<Evidence> possiblePrice() {
    return numbers.stream()
        .filter(OfferText::isOffered)
        .findFirst()
        .map(
            number ->
                Spans.ofNumber(number, number.readings().iterator().next())
                    .orElseGet(() -> Spans.whole(number.passage(), Evidence.Reading.BARE)))
        .or(() -> saysBuyOneGetOne() ? oneForAnother() : Optional.empty())
        .or(() -> wordsFor(FIFTY))
        .or(() -> wordsFor(HUNDRED));
  }

  private Optional<Evidence> numberAs(Predicate<NumberInText> use, BigDecimal value) {
    return numbers.stream()
        .filter(use)
        .flatMap(number -> Spans.ofNumber(number, value).stream())
        .findFirst();
  }

  private Optional<Evidence> oneForAnother() {
    return read.stream()
        .filter(r -> OfferWording.saysBuyOneGetOne(r.text()))
        .map(r -> Spans.ofBuyOneGetOne(r.passage()))
        .findFirst();
  }

  private Optional<Evidence> wordsFor(BigDecimal value) {
    if (value.compareTo(FIFTY) == 0 && saysHalf()) {
      return read.stream()
          .filter(r -> OfferWording.saysHalfPrice(r.text()))
          .map(r -> Spans.ofHalf(r.passage()))
          .findFirst();
    }
    return value.compareTo(HUNDRED) == 0 && saysFree()
        ? read.stream()
            .filter(r -> OfferWording.saysFree(r.text()))
            .map(r -> Spans.ofFree(r.passage()))
            .findFirst()
        : Optional.empty();
  }

  boolean saysBuyOneGetOne() {
    if (buyOneGetOne == null) {
      buyOneGetOne = read.stream().anyMatch(r -> OfferWording.saysBuyOneGetOne(r.text()));
    }
    return buyOneGetOne;
  }

  private boolean saysHalf() {
    if (half == null) {
      half = read.stream().anyMatch(r -> OfferWording.saysHalfPrice(r.text()));
    }
    return half;
  }

  /** What is free in prose may be a side matter, where the offer itself has a price. */
  private boolean saysFree() {
    if (free == null) {
      boolean priced =
          numbers.stream().anyMatch(number -> number.passage().isOffer() && isOffered(number));
      free =
          read.stream()
              .filter(r -> r.passage().isOffer() || !priced)
              .anyMatch(r -> OfferWording.saysFree(r.text()));
    }
    return free;
  }

  /** Whether the number stands in the text in any sense, or is said in words. */
  boolean says(BigDecimal value) {
    return numbers.stream().anyMatch(number -> number.is(value)) || isSaidInWords(value);
  }

  boolean saysPercentage(BigDecimal value) {
    return numbers.stream()
            .anyMatch(
                number ->
                    number.is(value)
                        && number.isPercentage()
                        && (value.compareTo(HUNDRED) != 0 || isTakenOff(number)))
        || isSaidInWords(value);
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
    return (value.compareTo(FIFTY) == 0 && saysHalf())
        || (value.compareTo(HUNDRED) == 0 && saysFree());
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
