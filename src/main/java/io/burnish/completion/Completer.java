package io.burnish.completion;

import io.burnish.attempt.InternalErrors;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.DedupKey;
import io.burnish.dedup.FailedContents;
import io.burnish.dedup.JobSpecs;
import io.burnish.job.JobSpec;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.ItemQueue.Completion;
import io.burnish.queue.JobProgress;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.Failed;
import io.burnish.queue.Outcome.Parked;
import io.burnish.tracking.EnhancementKey;
import io.burnish.tracking.TrackedDecision;
import io.burnish.tracking.Tracking;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes outcomes: items, counters, tracking and the end of jobs, in one transaction a batch. */
@Singleton
public class Completer {

  private static final Logger LOG = Logger.getLogger(Completer.class);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final ItemQueue queue;
  private final Ledger ledger;
  private final Tracking tracking;
  private final JobSpecs terms;
  private final ProgressLog progress;
  private final InternalErrors errors;
  private final FailedContents failed;
  private final MeterRegistry meters;

  public Completer(
      ItemQueue queue,
      Ledger ledger,
      Tracking tracking,
      JobSpecs terms,
      ProgressLog progress,
      InternalErrors errors,
      FailedContents failed,
      MeterRegistry meters) {
    this.errors = errors;
    this.failed = failed;
    this.meters = meters;
    this.queue = queue;
    this.ledger = ledger;
    this.tracking = tracking;
    this.terms = terms;
    this.progress = progress;
  }

  /**
   * Writes a batch. Those that wait for another item of the same content go first, by themselves
   * (see {@link ItemQueue#follows}).
   */
  public void complete(List<Outcome> outcomes, Runnable alive) {
    var byFollowing =
        outcomes.stream().collect(Collectors.partitioningBy(ItemQueue::waitsForSingleFlight));
    Stream.of(byFollowing.get(true), byFollowing.get(false))
        .filter(batch -> !batch.isEmpty())
        .forEach(batch -> write(batch, alive));
  }

  /**
   * Keeps what calls brought.
   *
   * @param alive is told at each try
   * @throws RuntimeException when the database refuses it; while it is away, this waits
   */
  void keep(List<LedgerEntry> calls, Runnable alive) {
    persistently(() -> ledger.record(calls), alive);
  }

  private void write(List<Outcome> outcomes, Runnable alive) {
    try {
      List<Completion> written = new ArrayList<>();
      persistently(() -> written.add(commit(outcomes)), alive);
      written.forEach(completion -> tell(outcomes, completion));
    } catch (RuntimeException | Error e) {
      if (outcomes.size() == 1) {
        postpone(outcomes.get(0), e);
      } else {
        // One of them can't be written; the others must not suffer for it.
        outcomes.forEach(outcome -> write(List.of(outcome), alive));
      }
    }
  }

  /** The record is retried; its stored answer stays its own. */
  private void postpone(Outcome outcome, Throwable why) {
    errors.after(outcome.item(), why).ifPresent(this::writeOnce);
  }

  /**
   * While the database is away, or busy with a conflict, what is in hand is kept in hand, for as
   * long as this process lives: it was paid for.
   */
  private void persistently(Runnable write, Runnable alive) {
    Duration pause = SHORTEST;
    while (true) {
      alive.run();
      try {
        write.run();
        return;
      } catch (RuntimeException e) {
        if (!DatabaseException.isTransient(e)) {
          throw e;
        }
        LOG.warnf(
            "The database did not take what is finished: %s; again in %s", e.getMessage(), pause);
        pause(pause);
        pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
      }
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("told to stop while the database was away", e);
    }
  }

  private void writeOnce(Outcome outcome) {
    List<Outcome> one = List.of(outcome);
    tell(one, commit(one));
  }

  private Completion commit(List<Outcome> outcomes) {
    Map<Long, TrackedDecision> decided = decided(outcomes);
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Completion applied = queue.complete(outcomes);
              tracking.save(
                  applied.applied().stream()
                      .filter(decided::containsKey)
                      .sorted()
                      .map(decided::get)
                      .toList());
              tracking.saveKeys(
                  outcomes.stream()
                      .filter(outcome -> applied.applied().contains(outcome.item().id()))
                      .map(this::settledByTracking)
                      .flatMap(Optional::stream)
                      .toList());
              return applied;
            });
  }

  /** After the commit: what fails here must not have the batch written again. */
  private void tell(List<Outcome> outcomes, Completion completion) {
    outcomes.forEach(outcome -> count(outcome, completion));
    if (LOG.isDebugEnabled()) {
      outcomes.forEach(outcome -> say(outcome, completion));
    }
    outcomes.stream()
        .filter(outcome -> completion.applied().contains(outcome.item().id()))
        .forEach(failed::note);
    completion.jobs().values().stream()
        .filter(JobProgress::finished)
        .forEach(job -> failed.forget(job.jobId()));
    try {
      completion.jobs().values().forEach(progress::log);
    } catch (RuntimeException e) {
      LOG.warnf("The progress of jobs could not be logged: %s", e.getMessage());
    }
  }

  private static void say(Outcome outcome, Completion completion) {
    ClaimedItem item = outcome.item();
    if (!completion.applied().contains(item.id())) {
      LOG.debugf(
          "Item %d of job %s: result dropped, because the item was taken from this worker",
          item.id(), item.jobId());
    } else if (outcome.decision() instanceof Parked parked) {
      LOG.debugf(
          "Item %d of job %s waits for %s, %s from now",
          item.id(), item.jobId(), parked.reason().word(), parked.delay());
    } else if (outcome.decision() instanceof Failed failed) {
      LOG.debugf("Item %d of job %s failed: %s", item.id(), item.jobId(), failed.code());
    } else {
      LOG.debugf("Item %d of job %s succeeded", item.id(), item.jobId());
    }
  }

  private void count(Outcome outcome, Completion completion) {
    boolean applied = completion.applied().contains(outcome.item().id());
    String state = applied ? outcome.decision().state().word() : "stale";
    meters.counter("burnish.items", "state", state).increment();
  }

  private Map<Long, TrackedDecision> decided(List<Outcome> outcomes) {
    Map<Long, TrackedDecision> decided = new HashMap<>();
    outcomes.forEach(
        outcome -> decided(outcome).ifPresent(d -> decided.put(outcome.item().id(), d)));
    return decided;
  }

  /**
   * What is worth remembering: decisions that a judged answer led to. What was reused is known
   * already.
   */
  private Optional<TrackedDecision> decided(Outcome outcome) {
    if (outcome.item().fingerprint() == null || outcome.judged().isEmpty()) {
      return Optional.empty();
    }
    JobSpec job = terms.of(outcome.item().jobId());
    if (outcome.decision() instanceof Enhanced enhanced) {
      return Optional.of(
          decided(job, outcome, enhanced.record(), null, List.of(), enhanced.model()));
    }
    if (outcome.decision() instanceof Failed failed) {
      return Optional.of(
          decided(job, outcome, null, failed.code(), failed.errors(), failed.model()));
    }
    return Optional.empty();
  }

  /** The key of a record whose content was decided for another record, now or long ago. */
  private Optional<EnhancementKey> settledByTracking(Outcome outcome) {
    ClaimedItem item = outcome.item();
    boolean settled =
        outcome.judged().isEmpty()
            && (outcome.decision() instanceof Enhanced || outcome.decision() instanceof Failed);
    if (!settled || item.key() == null || item.fingerprint() == null) {
      return Optional.empty();
    }
    JobSpec job = terms.of(item.jobId());
    return DedupKey.byKey(job, item)
        ? Optional.empty()
        : Optional.of(
            new EnhancementKey(job.provider(), job.profile(), item.fingerprint(), item.key()));
  }

  private static TrackedDecision decided(
      JobSpec job,
      Outcome outcome,
      @Nullable String result,
      @Nullable String code,
      List<String> errors,
      @Nullable String model) {
    return new TrackedDecision(
        job.provider(),
        job.profile(),
        DedupKey.content(job, outcome.item()),
        outcome.item().key(),
        result,
        code,
        errors,
        model,
        code == null ? null : Profiles.named(job.profile()).orElseThrow().proofVersion());
  }
}
