package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Quoted;
import java.math.BigDecimal;
import java.util.Optional;

/** The price stands in the source text, in whatever sense; words count where they say a number. */
record PriceInSourceRule() implements Rule {

  @Override
  public String name() {
    return "price_not_in_source";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    Optional<DiscountType> type = DiscountType.in(answer);
    if (!price.isNumber() || type.isEmpty() || type.get() == DiscountType.BUY_ONE_GET_ONE) {
      return Optional.empty();
    }
    BigDecimal value = price.decimalValue();
    return !type.get().allows(value) || source.says(value)
        ? Optional.empty()
        : Optional.of(
            "price %s does not stand in the text; numbers found there: %s"
                .formatted(Quoted.of(value), source.numbersFound()));
  }
}
