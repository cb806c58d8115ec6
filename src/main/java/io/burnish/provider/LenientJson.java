package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads what providers send as JSON, forgiving what does not change its meaning. */
final class LenientJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private LenientJson() {}

  /** The value, or its only member when it is a list of one; missing when it is no JSON. */
  static JsonNode read(String body) {
    try {
      JsonNode read = JSON.readTree(body.replace("\uFEFF", "").strip());
      JsonNode root = read == null ? MissingNode.getInstance() : read;
      return root.isArray() && root.size() == 1 ? root.get(0) : root;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // a page or a text: its words have to do
    }
  }

  /** The text of a field; of what is no text its JSON, and empty when there is none. */
  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
