package io.burnish.api.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.api.view.JobCosts;
import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.status.QueueDepth;
import io.burnish.status.Replica;
import io.burnish.status.Throughput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the service does now.
 *
 * @param at the moment that this is of, by the database's clock
 * @param version of this replica
 * @param startedAt when this replica was started
 * @param uptimeSeconds time since then
 * @param provider whose models are called: {@code groq}, or {@code simulated} when none are
 * @param auth how callers are authenticated: {@code keys}, {@code oidc} or {@code none}
 * @param replicas with a worker, oldest first
 * @param queue the items that are not decided
 * @param throughput what was decided lately
 * @param models in order of preference, as this replica knows them
 * @param waitingFor what calls wait for; null when a model can be called
 */
@JsonInclude
public record StatusView(
    Instant at,
    String version,
    Instant startedAt,
    long uptimeSeconds,
    String provider,
    String auth,
    List<ReplicaView> replicas,
    QueueView queue,
    ThroughputView throughput,
    List<ModelView> models,
    @Nullable WaitingFor waitingFor) {

  /** A replica with a worker. */
  public record ReplicaView(UUID worker, String node, Instant startedAt, Instant heartbeatAt) {

    static ReplicaView of(Replica replica) {
      return new ReplicaView(
          replica.worker(), replica.node(), replica.startedAt(), replica.heartbeatAt());
    }
  }

  /**
   * Items: open = ready + running + waiting.
   *
   * @param open not decided
   * @param ready can be claimed
   * @param running claimed
   * @param waiting until a time
   * @param paused of paused jobs; part of the others
   * @param estimated whether only the first 10,000 waiting items were counted, so that ready has
   *     the others
   * @param waits the waiting ones by reason
   * @param oldestReadySeconds time since the oldest job with a ready item was posted; null: no item
   *     is ready
   * @param jobs open jobs by state
   */
  @JsonInclude
  public record QueueView(
      long open,
      long ready,
      long running,
      long waiting,
      long paused,
      boolean estimated,
      List<Wait> waits,
      @Nullable Long oldestReadySeconds,
      OpenJobs jobs) {

    static QueueView of(QueueDepth depth) {
      Duration oldest = depth.oldestReady();
      return new QueueView(
          depth.open(),
          depth.ready(),
          depth.running(),
          depth.waiting(),
          depth.paused(),
          depth.isEstimated(),
          depth.waits().stream().map(w -> new Wait(w.reason(), w.items(), w.until())).toList(),
          oldest == null ? null : oldest.toSeconds(),
          new OpenJobs(
              depth.jobs().getOrDefault("queued", 0L),
              depth.jobs().getOrDefault("running", 0L),
              depth.jobs().getOrDefault("paused", 0L)));
    }
  }

  /** Items that wait for one reason, and the earliest end of a wait. */
  public record Wait(String reason, long items, Instant until) {}

  /** Open jobs by state. */
  public record OpenJobs(long queued, long running, long paused) {}

  /** What was decided in the last minute, hour and day, and in the present minute. */
  public record ThroughputView(Window minute, Window hour, Window day) {}

  /**
   * What was decided since a time.
   *
   * @param since the start of a minute
   * @param succeeded items, reused ones included
   * @param reused part of succeeded: without a call
   * @param failed items
   * @param perMinute decided items a minute
   * @param successRate succeeded share of the decided items, 0 to 1; null when none was decided
   * @param cost of all calls in US$; null: a model that was called has no price
   */
  @JsonInclude
  public record Window(
      Instant since,
      long succeeded,
      long reused,
      long failed,
      double perMinute,
      @Nullable Double successRate,
      @Nullable BigDecimal cost) {

    static Window of(Throughput throughput, JobCosts costs) {
      long decided = throughput.succeeded() + throughput.failed();
      long millis = Duration.between(throughput.since(), throughput.until()).toMillis();
      return new Window(
          throughput.since(),
          throughput.succeeded(),
          throughput.reused(),
          throughput.failed(),
          Math.round(decided * 600_000.0 / millis) / 10.0,
          decided == 0 ? null : Math.floor(10_000.0 * throughput.succeeded() / decided) / 10_000,
          costs.ofSpent(throughput.spent()));
    }
  }
}
