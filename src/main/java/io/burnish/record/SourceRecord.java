package io.burnish.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One record as the client sent it.
 *
 * @param json the record as it is stored: the same values in the same order, but not always the
 *     same characters
 * @param tree the record parsed; treat as read-only
 */
public record SourceRecord(String json, ObjectNode tree) {

  /**
   * Parses a record.
   *
   * @throws IllegalArgumentException if {@code json} is not one JSON object
   */
  public static SourceRecord of(String json) {
    JsonNode tree = RecordJson.read(json);
    if (tree instanceof ObjectNode object) {
      return new SourceRecord(json, object);
    }
    throw new IllegalArgumentException("a record must be a JSON object");
  }

  /**
   * The field's text; numbers and booleans in their JSON notation; empty when missing, null, a list
   * or an object.
   */
  public Optional<String> text(String field) {
    JsonNode value = tree.path(field);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }
}
