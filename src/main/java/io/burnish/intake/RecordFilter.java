package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.intake.records.RawRecord;
import io.burnish.profile.Profile;
import io.burnish.record.Excerpt;
import io.burnish.record.SourceRecord;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the posted records become items. The others are counted and not stored.
 *
 * @param keys only records with one of these keys; empty: any
 * @param fields only records whose fields have one of the values, as text; empty: any
 * @param maxResults of the records that pass, the first so many in input order
 */
record RecordFilter(Set<String> keys, Map<String, Set<String>> fields, int maxResults) {

  /** Every record. */
  static final RecordFilter ALL = new RecordFilter(Set.of(), Map.of(), Integer.MAX_VALUE);

  private static final int MOST_KEYS = 100_000;
  private static final int MOST_FIELDS = 100;

  /** Whether a record passes; {@link #maxResults} is not counted here. */
  boolean matches(RawRecord raw, Profile profile) {
    if (keys.isEmpty() && fields.isEmpty()) {
      return true;
    }
    if (!(raw.value() instanceof ObjectNode record)) {
      return false;
    }
    return fields.entrySet().stream()
            .allMatch(field -> field.getValue().contains(record.path(field.getKey()).asText()))
        && (keys.isEmpty()
            || profile.key(new SourceRecord("", record)).filter(keys::contains).isPresent());
  }

  /** The filter from the option {@code filter}; what is wrong is added to the errors. */
  static RecordFilter of(JsonNode node, ValidationErrors errors) {
    if (node.isNull()) {
      return ALL;
    }
    if (!(node instanceof ObjectNode option)) {
      errors.add("options.filter", "must be an object with keys, fields or maxResults");
      return ALL;
    }
    Set<String> keys = Set.of();
    Map<String, Set<String>> fields = new LinkedHashMap<>();
    int maxResults = Integer.MAX_VALUE;
    for (var field : option.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "keys" -> keys = texts("options.filter.keys", value, MOST_KEYS, errors);
        case "fields" -> fields(value, fields, errors);
        case "maxResults" -> maxResults = maxResults(value, errors);
        default ->
            errors.add(
                "options.filter." + Excerpt.of(field.getKey()),
                "there is no such field; known are keys, fields, maxResults");
      }
    }
    return new RecordFilter(keys, fields, maxResults);
  }

  private static void fields(
      JsonNode node, Map<String, Set<String>> fields, ValidationErrors errors) {
    if (!(node instanceof ObjectNode object) || object.size() > MOST_FIELDS) {
      errors.add(
          "options.filter.fields",
          "must be an object of at most %d fields, each with a text or a list of texts"
              .formatted(MOST_FIELDS));
      return;
    }
    for (var field : object.properties()) {
      String path = "options.filter.fields." + Excerpt.of(field.getKey());
      fields.put(
          field.getKey(),
          field.getValue().isArray()
              ? texts(path, field.getValue(), MOST_KEYS, errors)
              : texts(path, List.of(field.getValue()), errors));
    }
  }

  private static Set<String> texts(String path, JsonNode list, int most, ValidationErrors errors) {
    if (!list.isArray() || list.isEmpty() || list.size() > most) {
      errors.add(path, "must be a list of 1 to %,d texts".formatted(most));
      return Set.of();
    }
    return texts(path, list, errors);
  }

  private static Set<String> texts(
      String path, Iterable<JsonNode> values, ValidationErrors errors) {
    Set<String> texts = new HashSet<>();
    for (JsonNode value : values) {
      if (!value.isTextual() && !value.isNumber()) {
        errors.add(path, "must be text or a number, or a list of these");
        return Set.of();
      }
      texts.add(value.asText());
    }
    return texts;
  }

  private static int maxResults(JsonNode value, ValidationErrors errors) {
    if (!value.isInt() || value.asInt() < 1) {
      errors.add("options.filter.maxResults", "must be a whole number from 1");
      return 1;
    }
    return value.asInt();
  }
}
