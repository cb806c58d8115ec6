package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.discount.text.DiscountType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price of an answer whose discount type allows it, so that the text must prove it.
 *
 * @param type any but {@link DiscountType#BUY_ONE_GET_ONE}, whose price is always 1
 */
record AnsweredPrice(DiscountType type, BigDecimal value) {

  /** The price of an answer; empty when it is no such price. */
  static Optional<AnsweredPrice> in(ObjectNode answer) {
    JsonNode price = answer.path("price");
    return price.isNumber()
        ? DiscountType.in(answer)
            .filter(type -> type != DiscountType.BUY_ONE_GET_ONE)
            .filter(type -> type.allows(price.decimalValue()))
            .map(type -> new AnsweredPrice(type, price.decimalValue()))
        : Optional.empty();
  }
}
