package io.burnish.api.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.Problem.Violation;
import io.burnish.record.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a command's body, and collects what is wrong with them. */
public final class CommandFields {

  private final ObjectNode body;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param known the fields that the command has
   */
  public CommandFields(ObjectNode body, List<String> known) {
    this.body = body;
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                refuse(field, "there is no such field; known are " + String.join(", ", known));
              }
            });
  }

  /** Whether the body has the field, be it null. */
  public boolean has(String field) {
    return body.has(field);
  }

  /** The value as it is; a missing node when it is absent. */
  public JsonNode value(String field) {
    return body.path(field);
  }

  /** Adds what is wrong with a field; {@link #throwIfAny} refuses the command. */
  public void refuse(String field, String message) {
    violations.add(new Violation(Excerpt.of(field), message));
  }

  /** A text; null when it is null or absent. */
  public @Nullable String text(String field) {
    JsonNode value = body.path(field);
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual() || value.asText().isBlank() || value.asText().indexOf('\0') >= 0) {
      refuse(field, "must be text that is not empty");
    }
    return value.asText();
  }

  /** A list of texts; empty when it is null or absent. */
  public List<String> texts(String field, int most) {
    JsonNode value = body.path(field);
    if (value.isNull() || value.isMissingNode()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(text -> texts.add(text.isTextual() ? text.asText() : ""));
    if (!value.isArray() || texts.contains("") || texts.size() > most) {
      refuse(field, "must be a list of at most %,d texts".formatted(most));
    }
    return texts;
  }

  /** One of these words; null when it is null or absent. */
  public @Nullable String word(String field, Set<String> words) {
    String word = text(field);
    if (word != null && !words.contains(word)) {
      refuse(
          field,
          "\"%s\" is not known; known are %s"
              .formatted(Excerpt.of(word), String.join(", ", words)));
    }
    return word;
  }

  /** Refuses the command if anything is wrong with it. */
  public void throwIfAny() {
    if (!violations.isEmpty()) {
      Violation first = violations.get(0);
      throw Problem.invalid(first.field() + ": " + first.message(), violations).build();
    }
  }
}
