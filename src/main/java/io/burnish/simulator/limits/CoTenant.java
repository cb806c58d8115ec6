package io.burnish.simulator.limits;

import io.burnish.simulator.options.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another caller of the same organization, which calls every model in use.
 *
 * @param share of the tokens per minute that it requests, over 0, at most 1
 * @param tokens of each of its calls, over 0
 * @param span when it calls
 */
public record CoTenant(double share, long tokens, Span span) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)%/([1-9]\\d{0,8})@(\\S+)");

  /** Parses {@code 30%/500@60s..120s}: 30 % of TPM in calls of 500 tokens, in that span. */
  public static CoTenant parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no co-tenant, such as 30%%/500@60s..120s".formatted(text));
    }
    return new CoTenant(
        Double.parseDouble(form.group(1)) / 100,
        Long.parseLong(form.group(2)),
        Span.parse(form.group(3)));
  }

  /** Nanoseconds between two of its calls, under a limit of tokens per minute. */
  double interval(long tokensPerMinute) {
    return tokens * LimitDimension.TPM.window().toNanos() / (share * tokensPerMinute);
  }
}
