package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Display;
import io.burnish.profile.Rule;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.OfferText;
import java.util.Optional;

/** The text contains the price as a number in any sense, in digits or words. */
record PriceInSourceRule() implements Rule<OfferText> {

  static final String NAME = "price_not_in_source";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String sentence() {
    return "price stands in the text as a number, in digits or words";
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, OfferText source) {
    return AnsweredPrice.in(answer)
        .map(AnsweredPrice::value)
        .filter(value -> !source.contains(value))
        .flatMap(
            value ->
                violation(
                    "price %s does not stand in the text; numbers found there: %s"
                        .formatted(Display.of(value), source.numbersFound())));
  }
}
