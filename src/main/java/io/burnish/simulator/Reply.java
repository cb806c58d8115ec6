package io.burnish.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body as it goes over the wire
 * @param headers beyond the content's own
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

  /** The provider ends its JSON bodies with a line break (Source: published traffic). */
  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body + "\n", Map.of());
  }

  /** The same with more headers. */
  Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, all);
  }
}
