package io.burnish.quota.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Why the row of a {@code ReserveStatement} grants no call, and how long to wait. */
public final class Denial {

  /** The wait while the first answers or the calls in flight are awaited. */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration MIN_WAIT = Duration.ofMillis(2);

  private Denial() {}

  /**
   * The first reason that holds: call too large, pause, used-up limit, calls in flight, first
   * answer, gap.
   */
  public static Grant of(ResultSet row, double tokensEach) throws SQLException {
    for (Dimension dimension : new Dimension[] {Dimension.TPM, Dimension.TPD}) {
      double limit = row.getDouble(dimension.column() + "_limit");
      boolean isConfirmed =
          !row.wasNull()
              && !LimitSource.PLAN.equals(row.getString(dimension.column() + "_learned"));
      if (isConfirmed && tokensEach > limit) {
        return Grant.never(
            String.format(
                Locale.ROOT,
                "a call of %,.0f tokens is larger than the limit of %,.0f (%s)",
                tokensEach,
                limit,
                dimension));
      }
    }
    double paused = row.getDouble("paused");
    if (paused > 0) {
      return Grant.denied(seconds(paused), String.valueOf(row.getString("pause_reason")));
    }
    Map<Dimension, Double> waits = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      waits.put(
          dimension, waitFor(row, dimension, dimension.countsTokens() ? row.getDouble("need") : 1));
    }
    Map.Entry<Dimension, Double> longest =
        waits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    if (longest.getValue() > 0) {
      return Grant.denied(
          seconds(longest.getValue()),
          String.format(
              Locale.ROOT,
              "%s of %,.0f used up",
              longest.getKey(),
              row.getDouble(longest.getKey().column() + "_limit")));
    }
    long concurrency = row.getLong("concurrency");
    if (!row.wasNull()) {
      return Grant.denied(
          POLL,
          "one of its %d calls in flight to end, as it tells no limits".formatted(concurrency));
    }
    double gap = row.getDouble("gap");
    return row.getBoolean("unseen")
        ? Grant.denied(POLL, "its first answer")
        : Grant.denied(seconds(gap), "a pause between calls, as its requests a minute are unknown");
  }

  /** Seconds until the dimension has room for one call; 0 if it has. */
  private static double waitFor(ResultSet row, Dimension dimension, double needed)
      throws SQLException {
    double limit = row.getDouble(dimension.column() + "_limit");
    if (row.wasNull()) {
      return 0;
    }
    double rate =
        dimension == Dimension.TPM
            ? row.getDouble("tpm_rate")
            : limit / dimension.window().toSeconds();
    double wait = Math.max(0, (needed - row.getDouble(dimension.column())) / rate);
    return Math.min(wait, untilFull(row, dimension));
  }

  /** Seconds until the bucket is full according to a header; infinite if there was none. */
  private static double untilFull(ResultSet row, Dimension dimension) throws SQLException {
    if (dimension != Dimension.RPD && dimension != Dimension.TPM) {
      return Double.POSITIVE_INFINITY;
    }
    double full = row.getDouble(dimension.column() + "_full");
    return row.wasNull() || full <= 0 ? Double.POSITIVE_INFINITY : full;
  }

  private static Duration seconds(double seconds) {
    Duration duration = Duration.ofNanos((long) Math.ceil(Math.min(seconds, 1e9) * 1e9));
    return duration.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : duration;
  }
}
