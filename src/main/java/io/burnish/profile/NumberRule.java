package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The field is a JSON number: {@code "20"} and {@code true} are none. Says nothing on a field that
 * is missing or null.
 */
public record NumberRule(String field, String name) implements Rule<Object> {

  /** The rule for that field, named {@code <field>_not_a_number}. */
  public NumberRule(String field) {
    this(field, field + "_not_a_number");
  }

  @Override
  public String sentence() {
    return field + " is a JSON number";
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, Object source) {
    JsonNode value = answer.path(field);
    return value.isNumber() || value.isNull() || value.isMissingNode()
        ? Optional.empty()
        : violation(field + " must be a JSON number, not " + Display.of(value));
  }
}
