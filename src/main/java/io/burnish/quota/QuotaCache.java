package io.burnish.quota;

import io.burnish.database.DatabaseException;
import io.burnish.quota.limit.ModelQuota;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The quotas of all models, at most a second old: limits and pauses change rarely. While the
 * database does not answer, the last quotas are used for 30 seconds. Thread-safe.
 */
final class QuotaCache {

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LAST_KNOWN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Supplier<List<ModelQuota>> rows;
  private final LongSupplier nanoClock;
  private volatile Read last = new Read(Map.of(), 0);
  private volatile boolean changed = true;
  private volatile long failedAt;

  /** Rows and the time when they were read, by {@link System#nanoTime}. */
  private record Read(Map<String, ModelQuota> rows, long at) {}

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  QuotaCache(Supplier<List<ModelQuota>> rows, LongSupplier nanoClock) {
    this.rows = rows;
    this.nanoClock = nanoClock;
    this.failedAt = nanoClock.getAsLong() - FRESH_NANOS;
  }

  /**
   * A model's quota; empty if it has no row.
   *
   * @throws DatabaseException if the database does not answer and the last rows are too old
   */
  Optional<ModelQuota> of(String model) {
    Read recent = last;
    boolean isDue = changed || nanoClock.getAsLong() - recent.at > FRESH_NANOS;
    boolean isKnown =
        !recent.rows.isEmpty() && nanoClock.getAsLong() - recent.at < LAST_KNOWN_NANOS;
    boolean isAway = nanoClock.getAsLong() - failedAt < FRESH_NANOS;
    if (isDue && !(isKnown && isAway)) {
      recent = read(recent, isKnown);
    }
    return Optional.ofNullable(recent.rows.get(model));
  }

  private Read read(Read before, boolean isKnown) {
    changed = false;
    try {
      Read read =
          new Read(
              rows.get().stream().collect(Collectors.toMap(ModelQuota::model, Function.identity())),
              nanoClock.getAsLong());
      last = read;
      return read;
    } catch (RuntimeException e) {
      changed = true;
      failedAt = nanoClock.getAsLong();
      if (!isKnown) {
        throw e;
      }
      return before;
    }
  }

  /** A model's quota as last read, however old; empty if it was never read. */
  Optional<ModelQuota> known(String model) {
    return Optional.ofNullable(last.rows.get(model));
  }

  /** Reads the rows again before the next use. */
  void invalidate() {
    changed = true;
  }
}
