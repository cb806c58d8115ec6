package io.burnish.models;

import io.burnish.models.Admission.Waiting;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.limit.ModelQuota.Bucket;
import io.burnish.quota.limit.ModelQuota.PacingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What calls wait for by the quotas that all replicas share, for a replica that sends no calls
 * itself. An estimate: how large the next call is, only its sender knows.
 */
final class SharedWait {

  /** A call about one short record; in tokens. */
  private static final double SMALL_CALL = 1_000;

  private final ModelChain chain;
  private final Quotas quotas;
  private final Clock clock;

  SharedWait(ModelChain chain, Quotas quotas, Clock clock) {
    this.chain = chain;
    this.quotas = quotas;
    this.clock = clock;
  }

  /**
   * What the soonest model waits for; empty when one can be called now, or nothing is known of it.
   */
  Optional<Waiting> now() {
    List<String> models = chain.models();
    Instant now = clock.instant();
    if (models.isEmpty()) {
      ModelWaits.Availability none = chain.waits().availability();
      return Optional.of(new Waiting(none.reason(), none.until(), true));
    }
    Map<String, ModelQuota> known = new HashMap<>();
    quotas.all().forEach(quota -> known.put(quota.model(), quota));
    List<Optional<Waiting>> waits =
        models.stream()
            .map(model -> Optional.ofNullable(known.get(model)).flatMap(quota -> wait(quota, now)))
            .toList();
    return waits.stream().allMatch(Optional::isPresent)
        ? waits.stream().flatMap(Optional::stream).min(Comparator.comparing(Waiting::until))
        : Optional.empty();
  }

  /** Every limit must have room, so the last one to have it decides. */
  private static Optional<Waiting> wait(ModelQuota quota, Instant now) {
    Optional<Waiting> limited =
        quota.pacing() == PacingMode.LIMITS
            ? quota.buckets().entrySet().stream()
                .flatMap(bucket -> wait(quota, bucket.getKey(), bucket.getValue(), now).stream())
                .max(Comparator.comparing(Waiting::until))
            : Optional.empty();
    Optional<Waiting> paused =
        quota
            .pausedUntil()
            .filter(now::isBefore)
            .map(
                until ->
                    new Waiting(
                        "%s: %s".formatted(quota.model(), quota.pauseReason().orElse("paused")),
                        until,
                        false));
    return limited
        .filter(wait -> paused.isEmpty() || wait.until().isAfter(paused.get().until()))
        .or(() -> paused);
  }

  private static Optional<Waiting> wait(
      ModelQuota quota, Dimension dimension, Bucket bucket, Instant now) {
    double needed = dimension.countsTokens() ? Math.min(SMALL_CALL, bucket.limit()) : 1;
    if (bucket.level() >= needed) {
      return Optional.empty();
    }
    double seconds = (needed - bucket.level()) * dimension.window().toSeconds() / bucket.limit();
    return Optional.of(
        new Waiting(
            "%s: %s".formatted(quota.model(), dimension.name()),
            now.plus(Duration.ofMillis(Math.max(1, (long) (seconds * 1000)))),
            false));
  }
}
