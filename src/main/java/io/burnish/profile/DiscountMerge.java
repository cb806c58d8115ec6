package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;

/**
 * Builds the enhanced discount: what the model decided from its answer, everything else from the
 * record, to the letter. Missing, null and {@code N/A} count as nothing; each field has its own way
 * of saying so.
 */
final class DiscountMerge {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SEE_PROVIDER = "See provider website for details";

  private DiscountMerge() {}

  static ObjectNode merge(SourceRecord source, ObjectNode answer) {
    ObjectNode enhanced = RecordJson.object();
    for (String field : DiscountFields.ENHANCED) {
      enhanced.set(field, value(field, source, answer));
    }
    return enhanced;
  }

  private static JsonNode value(String field, SourceRecord source, ObjectNode answer) {
    if (DiscountFields.ANSWERED.contains(field)) {
      return answer.path(field);
    }
    JsonNode copied = source.tree().path(field);
    return switch (field) {
      case "favorites" -> NODES.arrayNode();
      case "club_name" -> clubs(copied);
      case "usage_limit" -> limit(copied);
      case "terms_and_conditions" -> isNothing(copied) ? new TextNode(SEE_PROVIDER) : text(copied);
      default -> isNothing(copied) ? new TextNode("") : text(copied);
    };
  }

  static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || value.isTextual() && value.asText().equals(DiscountFields.NOTHING);
  }

  /**
   * A number or a flag in a text field becomes its text; a list or an object, its JSON: nothing is
   * dropped.
   */
  private static JsonNode text(JsonNode value) {
    if (value.isTextual()) {
      return value;
    }
    return new TextNode(value.isValueNode() ? value.asText() : RecordJson.write(value));
  }

  private static ArrayNode clubs(JsonNode value) {
    ArrayNode clubs = NODES.arrayNode();
    if (value.isArray()) {
      value.forEach(club -> clubs.add(club));
    } else if (!isNothing(value)) {
      clubs.add(text(value));
    }
    return clubs;
  }

  /** A whole number, or text that is one; anything else is no limit that a program could keep. */
  private static JsonNode limit(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value;
    }
    String digits = value.isTextual() ? value.asText().strip() : "";
    return digits.matches("\\d{1,9}")
        ? IntNode.valueOf(Integer.parseInt(digits))
        : NullNode.getInstance();
  }
}
