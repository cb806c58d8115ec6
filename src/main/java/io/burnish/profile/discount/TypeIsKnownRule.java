package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Quoted;
import java.util.Optional;

/** The discount type is one of the four, to the letter. */
record TypeIsKnownRule() implements Rule {

  @Override
  public String name() {
    return "discount_type_unknown";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode type = answer.path("discount_type");
    return type.isMissingNode() || type.isNull() || DiscountType.in(answer).isPresent()
        ? Optional.empty()
        : Optional.of(
            "discount_type %s is not one of: %s"
                .formatted(Quoted.of(type), Quoted.of(DiscountType.words())));
  }
}
