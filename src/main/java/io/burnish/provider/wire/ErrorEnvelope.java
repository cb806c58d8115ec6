package io.burnish.provider.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * Finds the error in a body.
 *
 * <p>Source: as {@code ErrorResponse}.
 */
public final class ErrorEnvelope {

  /** Gateways in a chain put envelopes into envelopes. */
  private static final int DEEPEST = 4;

  private ErrorEnvelope() {}

  /** The innermost error in a body; missing when there is none. */
  public static JsonNode find(JsonNode root) {
    JsonNode error = root.path("error");
    if (!isError(error)) {
      boolean isError =
          root.path("object").asText().equals("error")
              || root.path("type").asText().equals("error")
              || (!root.has("choices")
                  && !root.path("message").has("content")
                  && (root.has("detail")
                      || root.has("errors")
                      || root.path("message").isTextual()));
      error = isError ? root : MissingNode.getInstance();
    }
    for (int depth = 0; depth < DEEPEST && error.path("error").isObject(); depth++) {
      error = error.path("error");
    }
    JsonNode several = error.path("errors");
    return several.isArray() && !several.isEmpty() && !error.has("message")
        ? several.get(0)
        : error;
  }

  /** Whether a node in the place of an error holds one. */
  public static boolean isError(JsonNode error) {
    return error.isContainerNode()
        ? !error.isEmpty()
        : error.isTextual() ? !error.asText().isBlank() : error.isNumber() && error.asInt() != 0;
  }
}
