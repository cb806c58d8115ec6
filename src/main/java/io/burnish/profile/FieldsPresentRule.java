package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Each of the fields is present and not null. */
public record FieldsPresentRule(List<String> fields) implements Rule<Object> {

  /** The name by which a job allows fields to be missing. */
  public static final String NAME = "field_missing";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String sentence() {
    return "each of %s is answered, and is not null".formatted(Display.of(fields));
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, Object source) {
    List<String> missing = fields.stream().filter(field -> !answer.hasNonNull(field)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : violation("not answered: " + String.join(", ", missing));
  }
}
