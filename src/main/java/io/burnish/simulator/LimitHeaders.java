package io.burnish.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The headers that tell the limits: requests are always those of a day, tokens always those of a
 * minute; the other two limits have none. {@code reset} is the time until the bucket is full.
 * Stateless.
 *
 * <p>Source: Groq rate-limits page, and the arithmetic of published headers, read 2026-11.
 */
final class LimitHeaders {

  private LimitHeaders() {}

  static Map<String, String> of(Optional<Bucket> requests, Optional<Bucket> tokens, long now) {
    Map<String, String> headers = new LinkedHashMap<>();
    requests.ifPresent(bucket -> tell(bucket, headers, now));
    tokens.ifPresent(bucket -> tell(bucket, headers, now));
    return headers;
  }

  private static void tell(Bucket bucket, Map<String, String> headers, long now) {
    String unit = bucket.dimension().unit();
    headers.put("x-ratelimit-limit-" + unit, String.valueOf(bucket.limit()));
    headers.put("x-ratelimit-remaining-" + unit, String.valueOf(bucket.remaining(now)));
    headers.put("x-ratelimit-reset-" + unit, GoDuration.toMillis(bucket.fullIn(now)));
  }
}
