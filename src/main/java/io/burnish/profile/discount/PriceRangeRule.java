package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Quoted;
import java.math.BigDecimal;
import java.util.Optional;

/** The price is a number its discount type can have. */
record PriceRangeRule() implements Rule {

  @Override
  public String name() {
    return "price_out_of_range";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    Optional<DiscountType> type = DiscountType.in(answer);
    if (!price.isNumber() || type.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal value = price.decimalValue();
    return type.get().allows(value)
        ? Optional.empty()
        : Optional.of(
            "price %s is out of range: with %s it must be %s"
                .formatted(Quoted.of(value), type.get().word(), type.get().range()));
  }
}
