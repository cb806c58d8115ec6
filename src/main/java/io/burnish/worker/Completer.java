package io.burnish.worker;

import io.burnish.database.DatabaseException;
import io.burnish.job.JobTerms;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.ItemQueue.Completion;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.tracking.Decided;
import io.burnish.tracking.Tracking;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes outcomes: items, counters, tracking and the end of jobs, in one transaction a batch. */
@Singleton
class Completer {

  private static final Logger LOG = Logger.getLogger(Completer.class);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration AFTER_OUR_ERROR = Duration.ofMinutes(1);

  private final ItemQueue queue;
  private final Tracking tracking;
  private final Terms terms;
  private final ProgressLog progress;
  private final MeterRegistry meters;

  Completer(
      ItemQueue queue, Tracking tracking, Terms terms, ProgressLog progress, MeterRegistry meters) {
    this.meters = meters;
    this.queue = queue;
    this.tracking = tracking;
    this.terms = terms;
    this.progress = progress;
  }

  /**
   * Writes a batch. Those that wait for another item of the same content go first, by themselves
   * (see {@link ItemQueue#follows}).
   */
  void complete(List<Outcome> outcomes) {
    var byFollowing = outcomes.stream().collect(Collectors.partitioningBy(ItemQueue::follows));
    Stream.of(byFollowing.get(true), byFollowing.get(false))
        .filter(batch -> !batch.isEmpty())
        .forEach(this::write);
  }

  /** Keeps what calls brought. */
  void keep(List<LedgerEntry> calls) {
    persistently(() -> queue.record(calls));
  }

  private void write(List<Outcome> outcomes) {
    try {
      persistently(() -> writeOnce(outcomes));
    } catch (RuntimeException e) {
      if (outcomes.size() == 1) {
        giveBack(outcomes.get(0), e);
      } else {
        // One of them can't be written; the others must not suffer for it.
        outcomes.forEach(outcome -> write(List.of(outcome)));
      }
    }
  }

  private void giveBack(Outcome outcome, RuntimeException why) {
    LOG.errorf(
        why,
        "The outcome of item %d of job %s can't be written; it is asked about again in %s",
        outcome.item().id(),
        outcome.item().jobId(),
        AFTER_OUR_ERROR);
    writeOnce(
        List.of(Outcome.without(outcome.item(), new Parked(WaitReason.BACKOFF, AFTER_OUR_ERROR))));
  }

  /**
   * While the database is away, or busy with a conflict, what is in hand is kept in hand, for as
   * long as this process lives: it was paid for.
   */
  private void persistently(Runnable write) {
    Duration pause = SHORTEST;
    while (true) {
      try {
        write.run();
        return;
      } catch (RuntimeException e) {
        if (!DatabaseException.passes(e)) {
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

  private void writeOnce(List<Outcome> outcomes) {
    Completion completion =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  Completion applied = queue.complete(outcomes);
                  tracking.remember(decided(outcomes, applied));
                  return applied;
                });
    completion.jobs().values().forEach(progress::log);
    outcomes.forEach(outcome -> count(outcome, completion));
  }

  private void count(Outcome outcome, Completion completion) {
    boolean applied = completion.applied().contains(outcome.item().id());
    String state = applied ? outcome.decision().state().word() : "stale";
    meters.counter("burnish.items", "state", state).increment();
  }

  private List<Decided> decided(List<Outcome> outcomes, Completion applied) {
    return outcomes.stream()
        .filter(outcome -> applied.applied().contains(outcome.item().id()))
        .map(this::decided)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * What is worth remembering: decisions that a judged answer led to. What was reused is known
   * already.
   */
  private Optional<Decided> decided(Outcome outcome) {
    JobTerms job = terms.of(outcome.item().jobId());
    if (outcome.item().fingerprint() == null || outcome.judged().isEmpty()) {
      return Optional.empty();
    }
    if (outcome.decision() instanceof Enhanced enhanced) {
      return Optional.of(
          decided(job, outcome, enhanced.record(), null, List.of(), enhanced.model()));
    }
    if (outcome.decision() instanceof GivenUp givenUp) {
      return Optional.of(
          decided(job, outcome, null, givenUp.code(), givenUp.errors(), givenUp.model()));
    }
    return Optional.empty();
  }

  private static Decided decided(
      JobTerms job,
      Outcome outcome,
      @Nullable String result,
      @Nullable String code,
      List<String> errors,
      @Nullable String model) {
    return new Decided(
        job.provider(),
        job.profile(),
        Identity.content(job, outcome.item()),
        outcome.item().key(),
        result,
        code,
        errors,
        model);
  }
}
