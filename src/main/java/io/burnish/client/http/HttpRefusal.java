package io.burnish.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * A response other than 2xx.
 *
 * @param status of HTTP
 * @param problem the body as a problem (RFC 9457); a missing node if it is none
 * @param text the beginning of the body
 * @param retryAfter wait before the next attempt, if the response names one; not negative
 */
record HttpRefusal(int status, JsonNode problem, String text, Optional<Duration> retryAfter) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_BYTES = 1 << 20;
  private static final int SHOWN = 300;

  /** Safe to retry: nothing was stored, or the request has an Idempotency-Key. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504, 507);

  static HttpRefusal of(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_BYTES);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return new HttpRefusal(
          response.statusCode(),
          problem(bytes),
          text.length() <= SHOWN ? text : text.substring(0, SHOWN),
          response.headers().firstValue("Retry-After").flatMap(HttpRefusal::duration));
    }
  }

  private static JsonNode problem(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree.path("detail").isTextual() ? tree : tree.path("none");
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }

  /** Seconds, or a date (RFC 9110, 10.2.3). */
  private static Optional<Duration> duration(String header) {
    try {
      long seconds =
          header.matches("\\d{1,9}")
              ? Long.parseLong(header)
              : Duration.between(
                      Instant.now(),
                      ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME))
                  .toSeconds();
      return Optional.of(Duration.ofSeconds(Math.max(0, seconds)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether Burnish itself answered, rather than a proxy or another server. */
  boolean isOfBurnish() {
    return problem.isObject();
  }

  /** Whether a retry may succeed. */
  boolean isTransient() {
    return TRANSIENT.contains(status);
  }

  /** Whether the problem is of that type, the last part of its URN. */
  boolean isOfType(String slug) {
    return problem.path("type").asText().endsWith(":problem:" + slug);
  }

  /** The detail of the problem; of another server, the beginning of its body. */
  String reason() {
    return isOfBurnish() ? problem.path("detail").asText() : text.replaceAll("\\s+", " ").strip();
  }
}
