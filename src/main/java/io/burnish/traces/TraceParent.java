package io.burnish.traces;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent}. Source: W3C Trace Context, recommendation of 2021-11. */
public final class TraceParent {

  /** Name of the header. */
  public static final String HEADER = "traceparent";

  private static final Pattern VALUE =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private TraceParent() {}

  /** The value of a header, if it is valid; another one is ignored, as the recommendation says. */
  public static Optional<String> valid(@Nullable String header) {
    return Optional.ofNullable(header).filter(value -> context(value).isValid());
  }

  /** The span that the value names; an invalid one if the value is. */
  static SpanContext context(String value) {
    Matcher parts = VALUE.matcher(value);
    return parts.matches()
        ? SpanContext.createFromRemoteParent(
            parts.group(1),
            parts.group(2),
            TraceFlags.fromHex(parts.group(3), 0),
            TraceState.getDefault())
        : SpanContext.getInvalid();
  }
}
