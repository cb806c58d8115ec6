package io.burnish.profile.discount;

import io.burnish.amount.Amount;
import io.burnish.amount.AmountKind;
import io.burnish.amount.AmountReader;
import io.burnish.amount.Lexicon;
import io.burnish.profile.Evidence;
import io.burnish.profile.Passage;
import io.burnish.profile.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text an answer's price is proven by: its amounts, field by field. Immutable. */
public final class OfferText {

  private static final AmountReader READER = new AmountReader(Lexicon.builtIn());

  /** A longer price field is a sentence, in which a number may count anything. */
  private static final int LONGEST_TERSE_PRICE = 40;

  /** Numbers a message names at most. */
  private static final int MOST_NAMED = 12;

  private final List<OfferAmount> amounts;

  private OfferText(List<OfferAmount> amounts) {
    this.amounts = amounts;
  }

  /** Reads the passages; the weightiest should come first, as messages name its numbers first. */
  public static OfferText of(List<Passage> passages) {
    return of(passages, READER);
  }

  /** The same with another lexicon than the one built in. */
  public static OfferText of(List<Passage> passages, AmountReader reader) {
    List<OfferAmount> read = new ArrayList<>();
    for (Passage passage : passages) {
      List<Amount> amounts = amounts(passage, reader);
      boolean trusted = isTerse(passage, amounts);
      amounts.forEach(amount -> read.add(new OfferAmount(passage, amount, trusted)));
    }
    boolean priced =
        read.stream()
            .anyMatch(
                amount ->
                    amount.passage().isOffer() && !amount.isFree() && amount.isPossiblePrice());
    return new OfferText(
        read.stream().filter(amount -> !(priced && amount.isFreeBesides())).toList());
  }

  private static List<Amount> amounts(Passage passage, AmountReader reader) {
    int before = passage.context().length();
    if (before == 0) {
      return reader.read(passage.text());
    }
    return reader.read(passage.context() + passage.text()).stream()
        .filter(amount -> amount.start() >= before)
        .map(amount -> amount.earlier(before))
        .toList();
  }

  /** Beside an explained amount, or within a sentence, a bare number counts something. */
  private static boolean isTerse(Passage passage, List<Amount> amounts) {
    boolean explained =
        amounts.stream()
            .anyMatch(
                amount ->
                    amount.isOffered()
                        && (amount.kind() == AmountKind.MONEY
                            || amount.kind() == AmountKind.PERCENT));
    return !explained && passage.text().length() <= LONGEST_TERSE_PRICE;
  }

  /**
   * Whether the text may name a price: false only where none of its numbers can be one, in any
   * reading, and nothing is offered in words.
   */
  public boolean mayNamePrice() {
    return amounts.stream().anyMatch(OfferAmount::mayBePrice);
  }

  /** The first amount that could be the offer's price; empty where the text names none. */
  public Optional<Evidence> possiblePrice() {
    return amounts.stream()
        .filter(OfferAmount::isPossiblePrice)
        .findFirst()
        .map(OfferAmount::evidence);
  }

  /** What proves an accepted price; empty where nothing does, as with rules switched off. */
  public Optional<Evidence> evidenceOf(DiscountType type, BigDecimal price) {
    return proofs(type, price).findFirst().map(OfferAmount::evidence);
  }

  /** Whether the text says that price as what the type says it is. */
  boolean proves(DiscountType type, BigDecimal price) {
    return proofs(type, price).findAny().isPresent();
  }

  /** Whether the number stands in the text in any sense, or is said in words. */
  boolean says(BigDecimal value) {
    return amounts.stream().anyMatch(amount -> !amount.isOnePlusOne() && amount.is(value));
  }

  /** Where the number first stands. */
  Optional<Evidence> placeOf(BigDecimal value) {
    return first(value).map(OfferAmount::evidence);
  }

  /** The number where it first stands, with a few words around it. */
  Optional<String> quoteOf(BigDecimal value) {
    return first(value).map(OfferAmount::quote);
  }

  /** The numbers a price could be, for a message; "none" when there are none. */
  String numbersFound() {
    String named =
        amounts.stream()
            .filter(amount -> amount.isNumber() && amount.isPossiblePrice())
            .flatMap(amount -> amount.amount().readings().stream().sorted())
            .map(BigDecimal::stripTrailingZeros)
            .map(Quoted::of)
            .distinct()
            .limit(MOST_NAMED)
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
