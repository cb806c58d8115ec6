package io.burnish.completion;

import io.burnish.completion.GroupCommit.Gathering;
import io.burnish.ledger.LedgerEntry;
import io.burnish.loops.LoopWatch;
import io.burnish.queue.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What hands write: outcomes and the ledger, each gathered over all hands. Thread-safe. */
public final class BatchWriters {

  private static final int LARGEST_BATCH = 500;

  /** A hand waits for it. */
  private static final Duration LEDGER_GATHERS = Duration.ofMillis(5);

  /** No hand waits for it. */
  private static final Duration OUTCOMES_GATHER = Duration.ofMillis(10);

  private static final String OUTCOMES = "outcomes";
  private static final String LEDGER = "ledger";

  /** A loop that waits for a write reports so often. */
  private static final Duration STILL_WAITING = Duration.ofSeconds(10);

  private final LoopWatch watch;
  private final GroupCommit<Outcome> outcomes;
  private final GroupCommit<LedgerEntry> ledger;

  /**
   * @param hands that write
   */
  public BatchWriters(Completer completer, int hands, LoopWatch watch) {
    this.watch = watch;
    this.outcomes =
        new GroupCommit<>(
            new Gathering(hands / 2, OUTCOMES_GATHER),
            LARGEST_BATCH,
            batch -> completer.complete(batch, () -> watch.turned(OUTCOMES)),
            () -> watch.turned(OUTCOMES));
    this.ledger =
        new GroupCommit<>(
            new Gathering(hands / 4, LEDGER_GATHERS),
            LARGEST_BATCH,
            batch -> completer.keep(batch, () -> watch.turned(LEDGER)),
            () -> watch.turned(LEDGER));
  }

  /** The loops that write; each wants a thread. */
  public List<Runnable> loops() {
    return List.of(outcomes, ledger);
  }

  /** Hands outcomes over; the future ends when they are written, or with the reason why not. */
  public CompletableFuture<Void> handOver(List<Outcome> batch) {
    return batch.isEmpty() ? CompletableFuture.completedFuture(null) : outcomes.add(batch);
  }

  /**
   * Writes outcomes of the claim loop; waits until they are written. While the database is away the
   * loop waits, and is alive.
   */
  public void outcomes(List<Outcome> batch) {
    if (batch.isEmpty()) {
      return;
    }
    CompletableFuture<Void> written = outcomes.add(batch);
    while (!isWritten(written)) {
      watch.turned(LoopWatch.CLAIM);
    }
  }

  private static boolean isWritten(CompletableFuture<Void> written) {
    try {
      written.get(STILL_WAITING.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false; // the writer goes on trying
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("outcomes could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while outcomes were written", e);
    }
  }

  /** Keeps what calls brought; waits until it is kept. */
  public void keep(List<LedgerEntry> calls) {
    if (!calls.isEmpty()) {
      ledger.write(calls);
    }
  }

  /** Ends the loops once all that was handed over is written. */
  public void close() {
    outcomes.close();
    ledger.close();
  }
}
