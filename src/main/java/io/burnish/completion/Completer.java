package io.burnish.completion;

import io.burnish.attempt.InternalErrors;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.Outcome;
import io.burnish.tracking.Tracking;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes outcomes: items, counters, tracking and the end of jobs, one transaction a batch. */
@Singleton
public class Completer {

  private final ItemQueue queue;
  private final Tracking tracking;
  private final TrackedDecisions decisions;
  private final CompletionReport report;
  private final InternalErrors errors;

  protected Completer(
      ItemQueue queue,
      Tracking tracking,
      TrackedDecisions decisions,
      CompletionReport report,
      InternalErrors errors) {
    this.queue = queue;
    this.tracking = tracking;
    this.decisions = decisions;
    this.report = report;
    this.errors = errors;
  }

  /**
   * Writes a batch; blocks while the database is unavailable. Outcomes that wait for another item
   * of the same content go first, in a transaction of their own (see {@link
   * Outcome#waitsForSingleFlight}).
   *
   * @param reportAlive is run before each try
   */
  public void complete(List<Outcome> outcomes, Runnable reportAlive) {
    var byFollowing =
        outcomes.stream().collect(Collectors.partitioningBy(Outcome::waitsForSingleFlight));
    Stream.of(byFollowing.get(true), byFollowing.get(false))
        .filter(batch -> !batch.isEmpty())
        .forEach(batch -> write(batch, reportAlive));
  }

  private void write(List<Outcome> outcomes, Runnable reportAlive) {
    try {
      List<Completion> written = new ArrayList<>();
      PersistentWrite.run(outcomes.size(), () -> written.add(commit(outcomes)), reportAlive);
      written.forEach(completion -> report.written(outcomes, completion));
    } catch (RuntimeException | Error e) {
      if (outcomes.size() == 1) {
        postpone(outcomes.get(0), e);
      } else {
        // One of them cannot be written; the others must not fail with it.
        outcomes.forEach(outcome -> write(List.of(outcome), reportAlive));
      }
    }
  }

  /** The record is retried; its stored answer stays. */
  private void postpone(Outcome outcome, Throwable why) {
    errors.postponeOrFail(outcome.item(), why).ifPresent(this::writeOnce);
  }

  private void writeOnce(Outcome outcome) {
    List<Outcome> one = List.of(outcome);
    report.written(one, commit(one));
  }

  private Completion commit(List<Outcome> outcomes) {
    // Before the transaction: this may read the jobs.
    TrackedDecisions.Of decided = decisions.of(outcomes);
    long start = System.nanoTime();
    Completion completion =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  Completion applied = queue.complete(outcomes);
                  tracking.save(decided.decisions(applied.applied()));
                  tracking.saveKeys(decided.settledKeys(applied.applied()));
                  return applied;
                });
    report.committed(outcomes.size(), Duration.ofNanos(System.nanoTime() - start));
    return completion;
  }
}
