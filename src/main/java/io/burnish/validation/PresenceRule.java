package io.burnish.validation;

import java.util.List;
import java.util.Optional;

/** Every field that was asked for is answered. */
public record PresenceRule(List<String> fields) implements Rule {

  @Override
  public String name() {
    return "field_missing";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    List<String> missing =
        fields.stream()
            .filter(field -> answer.field(field).isMissingNode() || answer.field(field).isNull())
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the answer lacks " + String.join(", ", missing));
  }
}
