package io.burnish.worker;

import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.worker.GroupCommit.Gathering;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What hands write: outcomes and the ledger, each gathered over all hands. Thread-safe. */
final class Writers {

  private static final int LARGEST_BATCH = 500;

  /** A hand waits for it. */
  private static final Duration LEDGER_GATHERS = Duration.ofMillis(5);

  /** No hand waits for it. */
  private static final Duration OUTCOMES_GATHER = Duration.ofMillis(10);

  private final GroupCommit<Outcome> outcomes;
  private final GroupCommit<LedgerEntry> ledger;

  /**
   * @param hands that write
   */
  Writers(Completer completer, int hands) {
    this.outcomes =
        new GroupCommit<>(
            new Gathering(hands / 2, OUTCOMES_GATHER), LARGEST_BATCH, completer::complete);
    this.ledger =
        new GroupCommit<>(new Gathering(hands / 4, LEDGER_GATHERS), LARGEST_BATCH, completer::keep);
  }

  /** The loops that write; each wants a thread. */
  List<Runnable> loops() {
    return List.of(outcomes, ledger);
  }

  /** Hands outcomes over; the future ends when they are written, or with the reason why not. */
  CompletableFuture<Void> handOver(List<Outcome> batch) {
    return batch.isEmpty() ? CompletableFuture.completedFuture(null) : outcomes.add(batch);
  }

  /** Writes outcomes; waits until they are written. */
  void outcomes(List<Outcome> batch) {
    if (!batch.isEmpty()) {
      outcomes.write(batch);
    }
  }

  /** Keeps what calls brought; waits until it is kept. */
  void keep(List<LedgerEntry> calls) {
    if (!calls.isEmpty()) {
      ledger.write(calls);
    }
  }

  /** Ends the loops once all that was handed over is written. */
  void close() {
    outcomes.close();
    ledger.close();
  }
}
