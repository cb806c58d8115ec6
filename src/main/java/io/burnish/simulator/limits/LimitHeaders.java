package io.burnish.simulator.limits;

import io.burnish.simulator.limits.QuotaSettings.Headers;
import io.burnish.simulator.options.GoDuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers that report the limits. Groq's report requests per day and tokens per minute; the
 * other two limits have none. {@code reset} is the time until the bucket is full. OpenAI reports
 * requests per minute under the same name. Stateless.
 *
 * <p>Source: Groq rate-limits page, and the arithmetic of published headers; OpenAI rate-limits
 * guide; bespokelabsai/curator, which reads infinite limits and resets in the past; all read
 * 2026-11.
 */
final class LimitHeaders {

  private static final String PREFIX = "x-ratelimit-";
  private static final List<String> UNITS = List.of("requests", "tokens");
  private static final String INFINITE = "Infinity";
  private static final String PAST_TIME = "2024-01-01T00:00:00Z";
  private static final String PAST_DURATION = "-5s";

  private LimitHeaders() {}

  static Map<String, String> of(Map<LimitDimension, Bucket> buckets, Headers kind, long now) {
    return switch (kind) {
      case RESPONSE, ADMISSION -> of(buckets, LimitDimension.RPD, now);
      case OPENAI -> of(buckets, LimitDimension.RPM, now);
      case PAST -> past(of(buckets, LimitDimension.RPD, now));
      case INFINITY -> infinite();
      case OFF -> Map.of();
    };
  }

  private static Map<String, String> of(
      Map<LimitDimension, Bucket> buckets, LimitDimension requests, long now) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (LimitDimension dimension : List.of(requests, LimitDimension.TPM)) {
      Bucket bucket = buckets.get(dimension);
      if (bucket != null) {
        put(bucket, headers, now);
      }
    }
    return headers;
  }

  private static void put(Bucket bucket, Map<String, String> headers, long now) {
    String unit = bucket.dimension().unit();
    headers.put(PREFIX + "limit-" + unit, String.valueOf(bucket.limit()));
    headers.put(PREFIX + "remaining-" + unit, String.valueOf(bucket.remaining(now)));
    headers.put(PREFIX + "reset-" + unit, GoDuration.toMillis(bucket.fullIn(now)));
  }

  private static Map<String, String> past(Map<String, String> headers) {
    headers.computeIfPresent(PREFIX + "reset-requests", (name, reset) -> PAST_TIME);
    headers.computeIfPresent(PREFIX + "reset-tokens", (name, reset) -> PAST_DURATION);
    return headers;
  }

  private static Map<String, String> infinite() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String unit : UNITS) {
      for (String what : List.of("limit-", "remaining-", "reset-")) {
        headers.put(PREFIX + what + unit, INFINITE);
      }
    }
    return headers;
  }
}
