package io.burnish.estimate;

import io.burnish.dispatch.call.CallSlots;
import io.burnish.dispatch.plan.Packer;
import io.burnish.estimate.Estimate.RejectedFile;
import io.burnish.estimate.OpenJobs.Present;
import io.burnish.job.spec.JobPriority;
import io.burnish.job.spec.JobSubmission;
import io.burnish.queue.QueueConfig;
import io.burnish.quota.limit.QuotaConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Estimates what a job would take if it was posted now: it is read as at intake, and its calls are
 * planned as real ones and sent in virtual time, beside those of the open jobs. A job on a data
 * directory begins when the open jobs on an overlapping one have ended, and never while one of them
 * is paused. Nothing is stored, and no model is called. Thread-safe.
 */
@Singleton
public class Estimator {

  private final BatchReader reader;
  private final ModelForecasts models;
  private final OpenJobs openJobs;
  private final Replicas replicas;
  private final Costing costing;

  Estimator(
      BatchReader reader,
      ModelForecasts models,
      OpenJobs openJobs,
      Replicas replicas,
      Costing costing) {
    this.reader = reader;
    this.models = models;
    this.openJobs = openJobs;
    this.replicas = replicas;
    this.costing = costing;
  }

  /**
   * The estimate for a job; reads its items once.
   *
   * @throws io.burnish.database.DatabaseException when the database does not answer
   */
  public Estimate of(JobSubmission job) {
    Batch batch = reader.read(job);
    Present present = openJobs.of(job.provider(), batch.isOpen() ? job.terms().dataDir() : null);
    List<ModelForecast> forecasts =
        models.of(new Packer.Sizes(reader.frameTokens(job), batch.tokensEach()));
    double asksEach =
        forecasts.stream().findFirst().map(model -> model.experience().asksEach()).orElse(1.0);
    Timeline.Result result =
        new Timeline(
                forecasts,
                new OpenWork(
                    step(job.priority()),
                    batch.toAsk() * asksEach,
                    present.jobs(),
                    replicas.aging()),
                replicas.capacity(present.workers()))
            .withInFlight(present.running())
            .run();
    return costing.estimate(
        batch,
        job.files().stream()
            .filter(file -> !file.accepted())
            .map(file -> new RejectedFile(file.name(), String.valueOf(file.error())))
            .toList(),
        present.stopped() ? result.never() : result,
        present.now());
  }

  private static int step(JobPriority priority) {
    return switch (priority) {
      case LOW -> 0;
      case NORMAL -> 1;
      case HIGH -> 2;
    };
  }

  /** What the replicas can do, by their settings; all are taken to have those of this one. */
  @Singleton
  static class Replicas {

    /**
     * Seconds of a replica for each call and each record, where the provider is the faster one.
     * Source: docs/benchmarks.md, ceilings with 16 records and with one record a call.
     */
    private static final double PER_CALL = 0.0004;

    private static final double PER_RECORD = 0.00017;

    private final CallSlots slots;
    private final QuotaConfig quota;
    private final QueueConfig queue;

    Replicas(CallSlots slots, QuotaConfig quota, QueueConfig queue) {
      this.slots = slots;
      this.quota = quota;
      this.queue = queue;
    }

    Duration aging() {
      return queue.aging();
    }

    Timeline.Capacity capacity(int workers) {
      return quota.pacing() == QuotaConfig.Pace.FIXED
          ? new Timeline.Capacity(1, 0, 0, quota.fixed().request().toMillis() / 1e3)
          : new Timeline.Capacity(
              workers * slots.count(), PER_CALL / workers, PER_RECORD / workers, 0);
    }
  }
}
