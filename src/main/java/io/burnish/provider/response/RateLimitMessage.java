package io.burnish.provider.response;

import io.burnish.provider.fault.ProviderFault.Dimension;
import io.burnish.provider.fault.Throttled.Figures;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limit in the message of a 429 or 413, e.g. {@code … on tokens per minute (TPM): Limit 8000,
 * Used 6644, Requested 2931. …}.
 *
 * <p>Source: published traffic of 2024 to 2026, reference groq-api.md §2.5. In 2024 the last figure
 * came with a tilde, and once the dimension was empty; a 413 tells nothing of what is used.
 *
 * @param dimension which limit
 * @param limit of the window; null when it is missing
 * @param used part of it, rounded; null when it is missing
 * @param requested by the call; null when it is missing
 */
record RateLimitMessage(
    Dimension dimension,
    @Nullable Double limit,
    @Nullable Double used,
    @Nullable Double requested) {

  private static final String NUMBER = "(\\d{1,15}(?:\\.\\d{1,9})?)";

  private static final Pattern FIGURES =
      Pattern.compile("Limit " + NUMBER + "(?:, Used " + NUMBER + ")?, Requested ~?" + NUMBER);

  /** Reads a message; missing figures are null. */
  static RateLimitMessage read(String message) {
    Matcher found = FIGURES.matcher(message);
    return found.find()
        ? new RateLimitMessage(
            dimension(message),
            Double.valueOf(found.group(1)),
            found.group(2) == null ? null : Double.valueOf(found.group(2)),
            Double.valueOf(found.group(3)))
        : new RateLimitMessage(dimension(message), null, null, null);
  }

  private static Dimension dimension(String message) {
    for (Dimension dimension : Dimension.values()) {
      if (message.contains("(" + dimension + ")")) {
        return dimension;
      }
    }
    return Dimension.UNKNOWN;
  }

  /** Whether the call requests more than the whole limit, so that waiting does not help. */
  boolean neverFits() {
    return limit != null && requested != null && requested > limit;
  }

  /** The figures; null when one is missing. */
  @Nullable Figures figures() {
    return limit == null || used == null || requested == null
        ? null
        : new Figures(limit, used, requested);
  }

  /**
   * The limit of tokens per minute; null when the message is about another limit, or names none.
   */
  @Nullable Double tokensPerMinute() {
    return dimension == Dimension.TPM ? limit : null;
  }
}
