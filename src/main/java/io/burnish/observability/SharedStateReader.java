package io.burnish.observability;

import io.burnish.metrics.StateGauge;
import io.burnish.observability.SharedState.Read;
import io.burnish.queue.item.WaitReason;
import io.burnish.quota.QuotaForecast;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.status.QueueDepth;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gauges that are the same on each replica: queue, jobs, replicas, quotas. */
@Singleton
class SharedStateReader implements StateReader {

  private static final List<String> OPEN = List.of("queued", "running", "paused");

  private final SharedState state;

  SharedStateReader(SharedState state) {
    this.state = state;
  }

  @Override
  public void read(Readings readings) {
    state.now().ifPresent(read -> read(read, readings));
    state.age().ifPresent(age -> readings.add(StateGauge.READ_AGE, seconds(age)));
  }

  private static void read(Read read, Readings readings) {
    QueueDepth depth = read.queue().depth();
    readings.add(StateGauge.QUEUE_READY, depth.ready());
    readings.add(StateGauge.QUEUE_RUNNING, depth.running());
    readings.add(StateGauge.QUEUE_PAUSED, depth.paused());
    Duration oldest = depth.oldestReady();
    readings.add(StateGauge.QUEUE_OLDEST_READY, oldest == null ? 0 : seconds(oldest));
    Map<String, Long> waits = new HashMap<>();
    depth.waits().forEach(wait -> waits.put(wait.reason(), wait.items()));
    for (WaitReason reason : WaitReason.values()) {
      readings.add(StateGauge.QUEUE_WAITING, waits.getOrDefault(reason.word(), 0L), reason.word());
    }
    OPEN.forEach(
        each -> readings.add(StateGauge.JOBS_OPEN, depth.jobs().getOrDefault(each, 0L), each));
    readings.add(StateGauge.REPLICAS, read.queue().replicas());
    read.quotas().forEach(quota -> read(quota, read, readings));
  }

  private static void read(ModelQuota quota, Read read, Readings readings) {
    quota
        .buckets()
        .forEach(
            (dimension, bucket) -> {
              String word = dimension.name().toLowerCase(Locale.ROOT);
              readings.add(StateGauge.QUOTA_LIMIT, bucket.limit(), quota.model(), word);
              readings.add(StateGauge.QUOTA_LEVEL, bucket.level(), quota.model(), word);
              readings.add(
                  StateGauge.QUOTA_USED, 1 - bucket.level() / bucket.limit(), quota.model(), word);
            });
    readings.add(
        StateGauge.QUOTA_WAIT, QuotaForecast.of(quota, read.at()).waitFor(0, 1), quota.model());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
