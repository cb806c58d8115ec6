package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes a good answer a bad one. */
final class Spoiling {

  private static final double NO_PRICE_ANYWHERE = 987_654.25;

  private Spoiling() {}

  static String spoil(Misbehaviour wrong, ObjectNode answer) {
    ArrayNode records = (ArrayNode) answer.get("records");
    ObjectNode first = records.isEmpty() ? answer : (ObjectNode) records.get(0);
    switch (wrong) {
      case WRONG_CATEGORY -> first.putArray("category").add("Discounts");
      case PRICE_NOT_IN_TEXT ->
          first.put("price", NO_PRICE_ANYWHERE).put("discount_type", "fixed_amount");
      case PRICE_AS_TEXT -> first.put("price", first.path("price").asText());
      case MISSING_REF -> records.remove(0);
      case FOREIGN_REF -> first.put("ref", 999);
      case REPEATED_REF -> records.add(first.deepCopy().put("price", 77));
      case BROKEN_JSON, TRUNCATED -> {
        String whole = answer.toString();
        return whole.substring(0, whole.length() / 2);
      }
      case FENCED_JSON -> {
        return "Here is the answer:\n```json\n" + answer + "\n```\nAnything else?";
      }
      case EMPTY -> {
        return "";
      }
      case JSON_VALIDATE_FAILED,
          RAN_OUT_OF_TOKENS,
          THROTTLED,
          THROTTLED_FOR_LONG,
          TOO_LARGE,
          NO_CAPACITY,
          SERVER_ERROR,
          BAD_GATEWAY,
          OVERLOADED,
          KEY_REFUSED,
          REQUEST_REFUSED,
          DECOMMISSIONED,
          MODEL_NOT_FOUND,
          TERMS_REQUIRED,
          ERROR_WITH_200,
          SLOW,
          HANG_UP -> {
        // A fault of the whole call, or a slow one: the content is good.
      }
    }
    return answer.toString();
  }
}
