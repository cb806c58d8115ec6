package io.burnish.validation;

import java.util.List;
import java.util.Optional;

/** A field is one of a few words, to the letter. */
public record ChoiceRule(String field, List<String> choices) implements Rule {

  @Override
  public String name() {
    return field + "_unknown";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    var value = answer.field(field);
    boolean absent = value.isMissingNode() || value.isNull();
    return absent || (value.isTextual() && choices.contains(value.asText()))
        ? Optional.empty()
        : Optional.of(
            "%s must be one of %s, is %s".formatted(field, String.join(", ", choices), value));
  }
}
