package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Quoted;
import java.util.Optional;

/** The price is a JSON number: {@code "20"} is text, and {@code true} is no number. */
record PriceIsNumberRule() implements Rule {

  @Override
  public String name() {
    return "price_not_a_number";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    return price.isNumber() || price.isNull() || price.isMissingNode()
        ? Optional.empty()
        : Optional.of("price must be a JSON number, not " + Quoted.of(price));
  }
}
