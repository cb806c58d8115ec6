package io.burnish.quota;

import io.burnish.quota.learn.Refill;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.LimitSource;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.store.ReserveStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The quota of a model in the future, from its levels now: the rules of {@link ReserveStatement}
 * and {@link Refill} in virtual time, without the database. Times are seconds from now and must not
 * decrease. Other clients are assumed to use as much as they do now. For one thread.
 */
public final class QuotaForecast {

  /** The gap between calls while the requests per minute are unknown, in seconds. */
  private static final double GAP_SECONDS = 0.05;

  private final Map<Dimension, Level> levels = new EnumMap<>(Dimension.class);
  private final double pausedFor;
  private final double gap;
  private double nextAt;

  private QuotaForecast(double pausedFor, double gap) {
    this.pausedFor = pausedFor;
    this.gap = gap;
  }

  /** The level of one limit. */
  private static final class Level {

    final double limit;
    final double most;
    final double rate;
    final boolean confirmed;
    double left;
    double at;

    Level(Dimension dimension, ModelQuota.Bucket bucket, double foreignTokensPerMinute) {
      boolean spread = dimension == Dimension.RPM && bucket.learned().equals(LimitSource.ADAPTIVE);
      double refill = bucket.limit() / dimension.window().toSeconds();
      this.limit = bucket.limit();
      this.most = spread ? Math.max(1, limit / 30) : limit;
      this.rate =
          dimension == Dimension.TPM
              ? Math.max(refill / 10, refill - foreignTokensPerMinute / 60)
              : refill;
      this.confirmed = bucket.isConfirmed();
      this.left = bucket.level();
    }

    double at(double now) {
      left = Math.min(most, left + (now - at) * rate);
      at = now;
      return left;
    }

    double waitFor(double now, double needed) {
      return Math.max(0, (needed - at(now)) / rate);
    }
  }

  /** The forecast for a quota as it was read at {@code now}. */
  public static QuotaForecast of(ModelQuota quota, Instant now) {
    double pausedFor =
        quota.pausedUntil().map(until -> Duration.between(now, until).toMillis() / 1e3).orElse(0.0);
    boolean gaps =
        quota.pacing() == ModelQuota.PacingMode.LIMITS
            && !quota.buckets().containsKey(Dimension.RPM);
    QuotaForecast forecast = new QuotaForecast(pausedFor, gaps ? GAP_SECONDS : 0);
    boolean applies =
        quota.pacing() == ModelQuota.PacingMode.LIMITS
            || quota.pacing() == ModelQuota.PacingMode.ADAPTIVE;
    if (applies) {
      quota
          .buckets()
          .forEach(
              (dimension, bucket) ->
                  forecast.levels.put(
                      dimension, new Level(dimension, bucket, quota.foreignTokensPerMinute())));
    }
    return forecast;
  }

  /**
   * Seconds until one call may be sent; 0: now; infinite: it is larger than a confirmed limit.
   *
   * @param tokens that the provider charges at admission
   */
  public double waitFor(double now, double tokens) {
    double need = need(tokens);
    double wait = Math.max(pausedFor - now, nextAt - now);
    for (Map.Entry<Dimension, Level> each : levels.entrySet()) {
      Level level = each.getValue();
      if (!each.getKey().countsTokens()) {
        wait = Math.max(wait, level.waitFor(now, 1));
      } else if (level.confirmed && tokens > level.limit) {
        return Double.POSITIVE_INFINITY;
      } else {
        double margin = each.getKey() == Dimension.TPM ? margin(level, need) : 0;
        wait = Math.max(wait, level.waitFor(now, need + margin));
      }
    }
    return Math.max(0, wait);
  }

  /** A limit that is only assumed may be too low; a call of its size is tried. */
  private double need(double tokens) {
    return levels.entrySet().stream()
        .filter(each -> each.getKey().countsTokens() && !each.getValue().confirmed)
        .mapToDouble(each -> each.getValue().limit)
        .reduce(tokens, Math::min);
  }

  private static double margin(Level level, double need) {
    return Math.max(0, Math.min(level.limit * ReserveStatement.MIN_MARGIN, level.limit - need));
  }

  /** A call is sent that is charged so many tokens at admission. */
  public void reserve(double now, double tokens) {
    take(now, 1, need(tokens));
    nextAt = now + gap;
  }

  /** So many of the tokens of a call were not used. */
  public void refund(double now, double tokens) {
    take(now, 0, -tokens);
  }

  private void take(double now, double calls, double tokens) {
    levels.forEach(
        (dimension, level) ->
            level.left = level.at(now) - (dimension.countsTokens() ? tokens : calls));
  }
}
