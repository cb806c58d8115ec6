package io.burnish.validation;

import io.burnish.record.SourceRecord;
import io.burnish.validation.Amount.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The price stands in the record's own text, and counts there what the type says: per cent for a
 * percentage, money for an amount. A bare number is a price in the price field and in the title;
 * elsewhere only where nothing else could be meant.
 */
public record PriceInSourceRule(EvidenceText evidence) implements Rule {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);
  private static final BigDecimal HALF = BigDecimal.valueOf(50);
  private static final int SHOWN = 12;

  @Override
  public String name() {
    return "price_not_in_source";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    Optional<BigDecimal> price = answer.number("price");
    if (price.isEmpty()) {
      return Optional.empty();
    }
    return switch (answer.text("discount_type").orElse("")) {
      case "percentage" -> percentage(price.get(), answer.source());
      case "fixed_amount", "Cost" -> money(price.get(), answer.source());
      default -> Optional.empty();
    };
  }

  private Optional<String> percentage(BigDecimal price, SourceRecord source) {
    String all = evidence.all(source);
    List<Amount> found = new ArrayList<>(of(Amounts.in(all), Unit.PERCENT));
    if (source.text("discount_type").filter("percentage"::equals).isPresent()) {
      found.addAll(of(Amounts.in(evidence.priceField(source)), Unit.BARE));
    }
    boolean said =
        price.compareTo(ALL) == 0 && Amounts.free(all)
            || price.compareTo(HALF) == 0 && Amounts.half(all);
    return said || stands(price, found)
        ? Optional.empty()
        : Optional.of(
            "%s per cent does not stand in the text; percentages there: %s"
                .formatted(price.toPlainString(), shown(found)));
  }

  private Optional<String> money(BigDecimal price, SourceRecord source) {
    List<Amount> found = new ArrayList<>(of(Amounts.in(evidence.all(source)), Unit.MONEY));
    found.addAll(of(Amounts.in(evidence.priceField(source)), Unit.BARE));
    if (found.isEmpty()) {
      found.addAll(of(Amounts.in(evidence.otherFields(source)), Unit.BARE));
    }
    return stands(price, found)
        ? Optional.empty()
        : Optional.of(
            "the amount %s does not stand in the text as a price; amounts there: %s"
                .formatted(price.toPlainString(), shown(found)));
  }

  private static List<Amount> of(List<Amount> amounts, Unit unit) {
    return amounts.stream().filter(amount -> amount.unit() == unit).toList();
  }

  private static boolean stands(BigDecimal price, List<Amount> found) {
    return found.stream().anyMatch(amount -> amount.is(price));
  }

  private static String shown(List<Amount> found) {
    return found.isEmpty()
        ? "none"
        : found.stream()
            .map(amount -> amount.value().toPlainString())
            .distinct()
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
  }
}
