package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Display;
import io.burnish.profile.Rule;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountType;
import java.math.BigDecimal;
import java.util.Optional;

/** The price is in the range of its discount type. */
record PriceRangeRule() implements Rule<Object> {

  @Override
  public String name() {
    return "price_out_of_range";
  }

  @Override
  public String sentence() {
    return "price is in the range of its discount_type";
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, Object source) {
    JsonNode price = answer.path("price");
    DiscountType type = DiscountType.in(answer).orElse(null);
    if (!price.isNumber() || type == null) {
      return Optional.empty();
    }
    BigDecimal value = price.decimalValue();
    return type.allows(value)
        ? Optional.empty()
        : violation(
            "price %s is out of range: with %s it must be %s"
                .formatted(Display.of(value), type.word(), type.range()));
  }
}
