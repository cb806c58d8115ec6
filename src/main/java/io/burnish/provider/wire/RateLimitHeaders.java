package io.burnish.provider.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rate-limit headers of a response: {@code requests} are per day, {@code tokens} per minute;
 * the other two limits have no header. Any can be absent.
 *
 * <p>Source: Groq rate-limits page, read 2026-11.
 *
 * @param requestsPerDay the limit
 * @param remainingRequests of it
 * @param requestsFullIn time until it is full again
 * @param tokensPerMinute the limit
 * @param remainingTokens of it
 * @param tokensFullIn time until it is full again
 */
public record RateLimitHeaders(
    Optional<Long> requestsPerDay,
    Optional<Long> remainingRequests,
    Optional<Duration> requestsFullIn,
    Optional<Long> tokensPerMinute,
    Optional<Long> remainingTokens,
    Optional<Duration> tokensFullIn) {

  /** Reads them; an invalid header counts as absent. */
  public static RateLimitHeaders of(UnaryOperator<@Nullable String> header) {
    return new RateLimitHeaders(
        number(header.apply("x-ratelimit-limit-requests")),
        number(header.apply("x-ratelimit-remaining-requests")),
        RetryAfter.goDuration(header.apply("x-ratelimit-reset-requests")),
        number(header.apply("x-ratelimit-limit-tokens")),
        number(header.apply("x-ratelimit-remaining-tokens")),
        RetryAfter.goDuration(header.apply("x-ratelimit-reset-tokens")));
  }

  private static Optional<Long> number(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,15}")
        ? Optional.of(Long.valueOf(text.strip()))
        : Optional.empty();
  }
}
