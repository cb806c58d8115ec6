package io.burnish.quota.limit;

import org.jspecify.annotations.Nullable;

/**
 * The limits of one model; null: no limit, or none known.
 *
 * @param rpm requests per minute
 * @param rpd requests per day
 * @param tpm tokens per minute
 * @param tpd tokens per day
 */
public record Limits(
    @Nullable Double rpm, @Nullable Double rpd, @Nullable Double tpm, @Nullable Double tpd) {

  public static final Limits NONE = new Limits(null, null, null, null);

  /** Limits in requests and tokens a minute and a day; null: none. */
  public static Limits of(double rpm, double rpd, double tpm, @Nullable Double tpd) {
    return new Limits(rpm, rpd, tpm, tpd);
  }

  /** The limit in a dimension; null: none. */
  public @Nullable Double of(Dimension dimension) {
    return switch (dimension) {
      case RPM -> rpm;
      case RPD -> rpd;
      case TPM -> tpm;
      case TPD -> tpd;
    };
  }

  /** Whether the two limits in headers are these. */
  boolean matches(@Nullable Double requestsPerDay, @Nullable Double tokensPerMinute) {
    return java.util.Objects.equals(rpd, requestsPerDay)
        && java.util.Objects.equals(tpm, tokensPerMinute);
  }

  @Override
  public String toString() {
    return "%s/%s/%s/%s".formatted(text(rpm), text(rpd), text(tpm), text(tpd));
  }

  private static String text(@Nullable Double limit) {
    return limit == null ? "-" : "%.0f".formatted(limit);
  }
}
