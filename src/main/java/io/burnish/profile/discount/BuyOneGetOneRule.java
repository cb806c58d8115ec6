package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/** The type buy_one_get_one needs its wording; something else for free is not it. */
record BuyOneGetOneRule() implements Rule {

  @Override
  public String name() {
    return "buy_one_get_one_not_in_source";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    return DiscountType.in(answer).filter(DiscountType.BUY_ONE_GET_ONE::equals).isEmpty()
            || source.proves(DiscountType.BUY_ONE_GET_ONE, BigDecimal.ONE)
        ? Optional.empty()
        : Optional.of(
            "buy_one_get_one is not said in the text: it needs words such as 1+1, 2 for 1 or a"
                + " second item for free");
  }
}
