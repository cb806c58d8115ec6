package io.burnish.simulator.http;

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
public record Reply(
    int status,
    String contentType,
    String body,
    Map<String, String> headers,
    TransferMode transfer) {

  /** Sent plainly. */
  public Reply(int status, String contentType, String body, Map<String, String> headers) {
    this(status, contentType, body, headers, TransferMode.PLAIN);
  }

  /** The provider ends its JSON bodies with a line break (Source: published traffic). */
  public static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body + "\n", Map.of());
  }

  /** The same with more headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, all, transfer);
  }

  /** The same, sent in another way. */
  public Reply sent(TransferMode other) {
    return new Reply(status, contentType, body, headers, other);
  }
}
