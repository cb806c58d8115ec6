package io.burnish.validation;

import java.util.Optional;

/** A field is a JSON number: text that looks like one is none. */
public record NumberRule(String field) implements Rule {

  @Override
  public String name() {
    return field + "_not_a_number";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    var value = answer.field(field);
    return value.isMissingNode() || value.isNull() || value.isNumber()
        ? Optional.empty()
        : Optional.of("%s must be a JSON number, is %s".formatted(field, value));
  }
}
