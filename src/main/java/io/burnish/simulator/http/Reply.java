package io.burnish.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status of HTTP
 * @param contentType of the body; empty: no such header
 * @param body unencoded
 * @param headers other than those of the content
 * @param transfer how the body is sent
 */
public record Reply(
    int status,
    String contentType,
    String body,
    Map<String, String> headers,
    TransferMode transfer) {

  /** A response whose body is sent as it is. */
  public Reply(int status, String contentType, String body, Map<String, String> headers) {
    this(status, contentType, body, headers, TransferMode.PLAIN);
  }

  /** A JSON response. Groq ends its bodies with a line break (Source: published traffic). */
  public static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body + "\n", Map.of());
  }

  /** The same with further headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, all, transfer);
  }

  /** The same with another transfer. */
  public Reply sent(TransferMode other) {
    return new Reply(status, contentType, body, headers, other);
  }
}
