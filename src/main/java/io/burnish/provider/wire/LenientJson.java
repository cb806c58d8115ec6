package io.burnish.provider.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads the JSON of providers, and tolerates errors that do not change its meaning. */
public final class LenientJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private LenientJson() {}

  /** The value, or the only element of a list; missing when the body is no JSON. */
  public static JsonNode read(String body) {
    try {
      JsonNode read = JSON.readTree(body.replace("\uFEFF", "").strip());
      JsonNode root = read == null ? MissingNode.getInstance() : read;
      return root.isArray() && root.size() == 1 ? root.get(0) : root;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // a page or plain text; the caller reports its first words
    }
  }

  /** The text of a field, or its JSON when it is no text; empty when it is missing. */
  public static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
