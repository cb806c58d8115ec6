package io.burnish.validation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price fits its type: 1 to 100 per cent, exactly 1 for one given with another, over 0 for
 * money.
 */
public record PriceRangeRule() implements Rule {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Override
  public String name() {
    return "price_out_of_range";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    Optional<BigDecimal> price = answer.number("price");
    if (price.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal value = price.get();
    return switch (answer.text("discount_type").orElse("")) {
      case "percentage" ->
          value.compareTo(BigDecimal.ONE) < 0 || value.compareTo(HUNDRED) > 0
              ? Optional.of("a percentage must be from 1 to 100, price is " + value.toPlainString())
              : Optional.empty();
      case "buy_one_get_one" ->
          value.compareTo(BigDecimal.ONE) != 0
              ? Optional.of(
                  "the price of buy_one_get_one must be exactly 1, is " + value.toPlainString())
              : Optional.empty();
      default ->
          value.signum() <= 0
              ? Optional.of("price must be over 0, is " + value.toPlainString())
              : Optional.empty();
    };
  }
}
