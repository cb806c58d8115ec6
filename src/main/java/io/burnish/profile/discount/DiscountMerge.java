package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.FieldPresence;
import io.burnish.record.RecordJson;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Builds the enhanced discount of 16 fields. Copied fields keep their characters and their JSON
 * type: an id 12 stays a number.
 */
final class DiscountMerge {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode EMPTY = NODES.textNode("");
  private static final JsonNode DEFAULT_TERMS = NODES.textNode("See provider website for details");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,18}");

  /** A price with a larger scale keeps the notation of the answer. */
  private static final int MAX_SCALE = 20;

  private DiscountMerge() {}

  static ObjectNode merge(ObjectNode source, ObjectNode answer) {
    ObjectNode enhanced = RecordJson.object();
    enhanced.set("discount_id", copied(source, "discount_id", EMPTY));
    enhanced.set("title", copied(source, "title", EMPTY));
    enhanced.set("price", shortest(answer.path("price")));
    enhanced.set("discount_type", decided(answer, "discount_type"));
    enhanced.set("description", copied(source, "description", EMPTY));
    enhanced.set("image_link", copied(source, "image_link", EMPTY));
    enhanced.set("discount_link", copied(source, "discount_link", EMPTY));
    enhanced.set("terms_and_conditions", copied(source, "terms_and_conditions", DEFAULT_TERMS));
    enhanced.set("club_name", list(source.path("club_name")));
    enhanced.set("category", decided(answer, "category"));
    enhanced.set("valid_until", copied(source, "valid_until", EMPTY));
    enhanced.set("usage_limit", wholeNumber(source.path("usage_limit")));
    enhanced.set("coupon_code", copied(source, "coupon_code", EMPTY));
    enhanced.set("provider_link", copied(source, "provider_link", EMPTY));
    enhanced.set("consumer_statuses", decided(answer, "consumer_statuses"));
    enhanced.set("favorites", NODES.arrayNode());
    return enhanced;
  }

  private static JsonNode copied(ObjectNode source, String field, JsonNode fallback) {
    JsonNode value = source.path(field);
    return FieldPresence.isNotAvailable(value) ? fallback : value.deepCopy();
  }

  /** The answer's field; null if rules are switched off and it is missing. */
  private static JsonNode decided(ObjectNode answer, String field) {
    JsonNode value = answer.path(field);
    return value.isMissingNode() ? NODES.nullNode() : value.deepCopy();
  }

  /** Writes 20.0 and 2e1 as 20, and 24.90 as 24.9. */
  private static JsonNode shortest(JsonNode price) {
    if (!price.isNumber()) {
      return price.isMissingNode() ? NODES.nullNode() : price;
    }
    BigDecimal value = price.decimalValue().stripTrailingZeros();
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      return price;
    }
    return value.scale() <= 0
        ? NODES.numberNode(value.toBigIntegerExact())
        : NODES.numberNode(value);
  }

  private static ArrayNode list(JsonNode value) {
    if (value instanceof ArrayNode list) {
      return list.deepCopy();
    }
    ArrayNode list = NODES.arrayNode();
    return FieldPresence.hasContent(value) ? list.add(value) : list;
  }

  /**
   * 1, 1.0 and "1" become 1; a value that is no whole number becomes null, which means no limit.
   */
  private static JsonNode wholeNumber(JsonNode value) {
    if (value.isTextual()) {
      String digits = value.textValue().strip();
      return WHOLE_NUMBER.matcher(digits).matches()
          ? NODES.numberNode(Long.parseLong(digits))
          : NODES.nullNode();
    }
    if (value.isIntegralNumber()) {
      return value;
    }
    boolean whole =
        value.isNumber() && value.canConvertToLong() && value.canConvertToExactIntegral();
    return whole ? NODES.numberNode(value.longValue()) : NODES.nullNode();
  }
}
