package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements on a schema with {@code strict: true}. Stateless.
 *
 * <p>Source: Groq structured-outputs page, and published 400 bodies, read 2026-11. The keywords are
 * those that the page describes; only {@code minItems} and {@code maxItems} are known to be
 * refused.
 */
final class StrictSchema {

  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "const",
          "anyOf",
          "$ref",
          "$defs",
          "definitions",
          "$schema",
          "$id",
          "title",
          "description");

  private StrictSchema() {}

  /** The message of the 400 for this schema; empty if it is valid. */
  static Optional<String> problem(String name, JsonNode schema) {
    Optional<String> keyword =
        unsupported(schema)
            .map(
                word ->
                    "invalid schema for response format: response_format/json_schema/%s: %s is not supported"
                        .formatted(name, word));
    return keyword.or(
        () ->
            misshapen("", schema)
                .map(
                    problem ->
                        "invalid JSON schema for response_format: '%s': %s"
                            .formatted(name, problem)));
  }

  private static Optional<String> unsupported(JsonNode schema) {
    Iterator<String> words = schema.fieldNames();
    while (words.hasNext()) {
      String word = words.next();
      if (!KEYWORDS.contains(word)) {
        return Optional.of(word);
      }
    }
    return below("", schema).stream().flatMap(at -> unsupported(at.schema()).stream()).findFirst();
  }

  private static Optional<String> misshapen(String path, JsonNode schema) {
    JsonNode properties = schema.path("properties");
    JsonNode required = schema.path("required");
    if (!required.isMissingNode() && properties.isMissingNode()) {
      return Optional.of(path + "'required' present but 'properties' is missing");
    }
    if (isObject(schema)) {
      JsonNode additional = schema.path("additionalProperties");
      if (!additional.isBoolean() || additional.asBoolean()) {
        return Optional.of(at(path) + "`additionalProperties:false` must be set on every object");
      }
      if (!properties.isEmpty() && !required.isArray()) {
        return Optional.of(
            path
                + "/required: `required` is required to be supplied and to be an array including every key in properties");
      }
      List<String> missing = missing(properties, required);
      if (!missing.isEmpty()) {
        return Optional.of(
            path
                + "/required: The following properties must be listed in `required`: "
                + String.join(", ", missing));
      }
    }
    return below(path, schema).stream()
        .flatMap(place -> misshapen(place.path(), place.schema()).stream())
        .findFirst();
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : path + ": ";
  }

  private static boolean isObject(JsonNode schema) {
    JsonNode type = schema.path("type");
    boolean among = false;
    for (JsonNode one : type) {
      among |= one.asText().equals("object");
    }
    return among || type.asText().equals("object") || schema.has("properties");
  }

  private static List<String> missing(JsonNode properties, JsonNode required) {
    List<String> missing = new ArrayList<>();
    properties.fieldNames().forEachRemaining(missing::add);
    required.forEach(name -> missing.remove(name.asText()));
    return missing;
  }

  private record Place(String path, JsonNode schema) {}

  /** The schemas within a schema, with their paths. */
  private static List<Place> below(String path, JsonNode schema) {
    List<Place> below = new ArrayList<>();
    for (String keyword : List.of("properties", "$defs", "definitions")) {
      for (Map.Entry<String, JsonNode> entry : schema.path(keyword).properties()) {
        below.add(new Place(path + "/" + keyword + "/" + entry.getKey(), entry.getValue()));
      }
    }
    if (schema.path("items").isObject()) {
      below.add(new Place(path + "/items", schema.get("items")));
    }
    int branch = 0;
    for (JsonNode one : schema.path("anyOf")) {
      below.add(new Place(path + "/anyOf/" + branch++, one));
    }
    return below;
  }
}
