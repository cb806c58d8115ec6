package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Quoted;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price stands in the source text as what the discount type says it is: a percentage as a
 * percentage, an amount as money. Says nothing on a price that does not stand there at all.
 */
record PriceFitsTypeRule() implements Rule {

  @Override
  public String name() {
    return "price_does_not_fit_type";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    Optional<DiscountType> type = DiscountType.in(answer);
    if (!price.isNumber() || type.isEmpty() || !type.get().allows(price.decimalValue())) {
      return Optional.empty();
    }
    BigDecimal value = price.decimalValue();
    if (type.get() == DiscountType.BUY_ONE_GET_ONE || source.proves(type.get(), value)) {
      return Optional.empty();
    }
    boolean percentage = type.get() == DiscountType.PERCENTAGE;
    return misread(
        value, source, percentage ? "a percentage off" : "a price to pay or an amount off");
  }

  @Override
  public Optional<Evidence> place(ObjectNode answer, OfferText source) {
    return source.placeOf(answer.path("price").decimalValue());
  }

  private static Optional<String> misread(BigDecimal value, OfferText source, String sense) {
    return source.says(value)
        ? Optional.of(
            "price %s is not %s in the text%s"
                .formatted(
                    Quoted.of(value),
                    sense,
                    source
                        .quoteOf(value)
                        .map(quote -> ", where it stands as \"" + quote + "\"")
                        .orElse("")))
        : Optional.empty();
  }
}
