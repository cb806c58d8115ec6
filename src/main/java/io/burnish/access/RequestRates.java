package io.burnish.access;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Requests a second of each key, on this replica: a token bucket that is full after a second
 * without requests. Thread-safe.
 */
@Singleton
public class RequestRates {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Buckets in memory at most; then those that are full again are removed. */
  private static final int MOST_BUCKETS = 10_000;

  private final LongSupplier nanoClock;
  private final Map<UUID, Bucket> buckets = new HashMap<>();

  RequestRates() {
    this(System::nanoTime);
  }

  RequestRates(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * @param level requests that are left, as of {@code at}; 0 or more
   */
  private record Bucket(double level, long at) {

    double level(int perSecond, long now) {
      return Math.min(perSecond, level + (double) perSecond * (now - at) / SECOND);
    }
  }

  /**
   * The result of a request.
   *
   * @param allowed whether the request is within the rate; then it is counted
   * @param remaining requests that would be allowed now
   * @param resetSeconds until all are allowed again, rounded up; 0 or 1
   */
  public record Rate(boolean allowed, int remaining, int resetSeconds) {}

  /**
   * Counts a request.
   *
   * @param key that the request used
   * @param perSecond limit of the key; over 0
   */
  public synchronized Rate count(UUID key, int perSecond) {
    long now = nanoClock.getAsLong();
    if (buckets.size() >= MOST_BUCKETS) {
      buckets.values().removeIf(bucket -> now - bucket.at() > SECOND);
    }
    Bucket before = buckets.getOrDefault(key, new Bucket(perSecond, now));
    double level = before.level(perSecond, now);
    boolean allowed = level >= 1;
    double left = allowed ? level - 1 : level;
    buckets.put(key, new Bucket(left, now));
    return new Rate(allowed, (int) left, left < perSecond ? 1 : 0);
  }
}
