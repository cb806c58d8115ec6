package io.burnish.dispatch.call;

import io.burnish.attempt.Pack;
import io.burnish.dedup.JobSpecs;
import io.burnish.metrics.CallMeters;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.traces.AttemptSpan;
import io.burnish.traces.Traces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Measures and traces packs from their claim to the commit of their outcomes. Thread-safe. */
@Singleton
public class PackObserver {

  private static final Logger LOG = Logger.getLogger(PackObserver.class);

  private final CallMeters meters;
  private final Traces traces;
  private final JobSpecs specs;

  public PackObserver(CallMeters meters, Traces traces, JobSpecs specs) {
    this.meters = meters;
    this.traces = traces;
    this.specs = specs;
  }

  /**
   * A pack that is observed.
   *
   * @param start of the call, by the nano clock
   */
  record Observed(CallMeters meters, AttemptSpan span, long start) {

    /** Runs the call. */
    void run(Runnable call) {
      span.run(call);
    }

    /** The outcomes wait for their commit. */
    void committing() {
      span.committing();
    }

    /**
     * The pack ended.
     *
     * @param failure why its outcomes are not committed; null: they are
     */
    void ended(@Nullable Throwable failure) {
      if (failure == null) {
        meters.packWritten(Duration.ofNanos(System.nanoTime() - start));
      }
      span.end(failure);
    }
  }

  /**
   * A call about the pack starts.
   *
   * @param claimed when the claim of its records began
   */
  Observed begin(Pack pack, String model, Instant claimed) {
    meters.packed(model, pack.size());
    return new Observed(
        meters, traces.isOn() ? span(pack, claimed) : Traces.NO_ATTEMPT, System.nanoTime());
  }

  private AttemptSpan span(Pack pack, Instant claimed) {
    List<UUID> jobs = pack.items().stream().map(ClaimedItem::jobId).distinct().toList();
    return traces.attempt(jobs, pack.size(), claimed, jobs.stream().flatMap(this::traceparent));
  }

  /** Without a job's spec its link is missing; the call is made all the same. */
  private Stream<String> traceparent(UUID job) {
    try {
      return specs.of(job).traceparent().stream();
    } catch (RuntimeException e) {
      LOG.debugf("Trace of job %s is not linked: %s", job, e.getMessage());
      return Stream.empty();
    }
  }
}
