package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Every field that is asked for is answered. */
record FieldsPresentRule(List<String> fields) implements Rule {

  static final String NAME = "field_missing";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    List<String> missing = fields.stream().filter(field -> !answer.hasNonNull(field)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("not answered: " + String.join(", ", missing));
  }
}
