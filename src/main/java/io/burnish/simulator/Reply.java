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
 * @param transfer how it is sent
 */
record Reply(
    int status, String contentType, String body, Map<String, String> headers, Transfer transfer) {

  /** Sent plainly. */
  Reply(int status, String contentType, String body, Map<String, String> headers) {
    this(status, contentType, body, headers, Transfer.PLAIN);
  }

  /** The provider ends its JSON bodies with a line break (Source: published traffic). */
  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body + "\n", Map.of());
  }

  /** The same with more headers. */
  Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, all, transfer);
  }

  /** The same, sent in another way. */
  Reply sent(Transfer other) {
    return new Reply(status, contentType, body, headers, other);
  }
}
