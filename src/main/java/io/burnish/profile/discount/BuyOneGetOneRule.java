package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Rule;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import java.math.BigDecimal;
import java.util.Optional;

/** The type buy_one_get_one has its wording in the text; another free item is not enough. */
record BuyOneGetOneRule() implements Rule<OfferText> {

  @Override
  public String name() {
    return "buy_one_get_one_not_in_source";
  }

  @Override
  public String sentence() {
    return "buy_one_get_one has its wording in the text, such as 1+1, 2 for 1 or a second item for free";
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, OfferText source) {
    return DiscountType.in(answer).filter(DiscountType.BUY_ONE_GET_ONE::equals).isEmpty()
            || source.proves(DiscountType.BUY_ONE_GET_ONE, BigDecimal.ONE)
        ? Optional.empty()
        : violation(
            "buy_one_get_one is not said in the text: it needs words such as 1+1, 2 for 1 or a"
                + " second item for free");
  }
}
