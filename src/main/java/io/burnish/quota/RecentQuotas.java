package io.burnish.quota;

import io.burnish.database.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows, a second old at the most: limits and pauses change rarely. Thread-safe. */
final class RecentQuotas {

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Sql sql;
  private volatile Map<String, ModelQuota> read = Map.of();
  private volatile long readAt;

  RecentQuotas(Sql sql) {
    this.sql = sql;
  }

  /** A model's row; empty when it has none. */
  Optional<ModelQuota> of(String model) {
    Map<String, ModelQuota> recent = read;
    long now = System.nanoTime();
    if (recent.isEmpty() || now - readAt > FRESH_NANOS) {
      recent =
          sql.run(QuotaRows::all).stream()
              .collect(Collectors.toMap(ModelQuota::model, Function.identity()));
      read = recent;
      readAt = now;
    }
    return Optional.ofNullable(recent.get(model));
  }

  /** Something changed: they are read anew when they are asked for. */
  void forget() {
    read = Map.of();
  }
}
