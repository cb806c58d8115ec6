package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Display;
import io.burnish.profile.Rule;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The text contains the price in the sense of the discount type: a percentage as a percentage, an
 * amount as money. Says nothing on a price that the text does not contain.
 */
record PriceFitsTypeRule() implements Rule<OfferText> {

  @Override
  public String name() {
    return "price_does_not_fit_type";
  }

  @Override
  public String sentence() {
    return "price stands in the text in the sense of its discount_type: a percentage as a percentage, an amount as money";
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, OfferText source) {
    return AnsweredPrice.in(answer)
        .filter(price -> !source.proves(price.type(), price.value()))
        .filter(price -> source.contains(price.value()))
        .map(price -> violation(price, source));
  }

  private Violation violation(AnsweredPrice price, OfferText source) {
    BigDecimal value = price.value();
    String sense =
        price.type() == DiscountType.PERCENTAGE
            ? "a percentage off"
            : "a price to pay or an amount off";
    String where =
        source.quoteOf(value).map(quote -> ", where it stands as \"" + quote + "\"").orElse("");
    return new Violation(
        name(),
        "price %s is not %s in the text%s".formatted(Display.of(value), sense, where),
        source.placeOf(value).orElse(null));
  }
}
