package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The field is one of a few texts, with the same letters and case. Says nothing on a field that is
 * missing or null.
 */
public record OneOfRule(String field, List<String> allowed, String name) implements Rule<Object> {

  /** The rule for that field, named {@code <field>_unknown}. */
  public OneOfRule(String field, List<String> allowed) {
    this(field, allowed, field + "_unknown");
  }

  @Override
  public String sentence() {
    return "%s is one of: %s".formatted(field, Display.of(allowed));
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, Object source) {
    JsonNode value = answer.path(field);
    return value.isMissingNode()
            || value.isNull()
            || (value.isTextual() && allowed.contains(value.textValue()))
        ? Optional.empty()
        : violation(
            "%s %s is not one of: %s".formatted(field, Display.of(value), Display.of(allowed)));
  }
}
