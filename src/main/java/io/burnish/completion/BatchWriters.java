package io.burnish.completion;

import io.burnish.completion.GroupCommit.Linger;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.loops.LoopWatch;
import io.burnish.queue.item.Outcome;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes outcomes and ledger entries of all calls, each in batches of its own. Thread-safe. */
@Singleton
public class BatchWriters {

  private static final int LARGEST_BATCH = 500;

  /** A call waits for its ledger entry. */
  private static final Duration LEDGER_LINGER = Duration.ofMillis(5);

  /** No call waits for its outcomes. */
  private static final Duration OUTCOMES_LINGER = Duration.ofMillis(10);

  private static final String OUTCOMES = "outcomes";
  private static final String LEDGER = "ledger";

  /** A loop that waits for a write reports to its watch this often. */
  private static final Duration STILL_WAITING = Duration.ofSeconds(10);

  private final LoopWatch watch;
  private final GroupCommit<Outcome> outcomes;
  private final GroupCommit<LedgerEntry> ledger;

  /**
   * @param concurrency calls that may be in flight at once; over 0
   */
  @Inject
  public BatchWriters(
      Completer completer,
      Ledger ledger,
      @ConfigProperty(name = "burnish.worker.concurrency") int concurrency,
      LoopWatch watch) {
    this.watch = watch;
    this.outcomes =
        new GroupCommit<>(
            new Linger(concurrency / 2, OUTCOMES_LINGER),
            LARGEST_BATCH,
            batch -> completer.complete(batch, () -> watch.turned(OUTCOMES)),
            () -> watch.turned(OUTCOMES));
    this.ledger =
        new GroupCommit<>(
            new Linger(concurrency / 4, LEDGER_LINGER),
            LARGEST_BATCH,
            batch ->
                PersistentWrite.run(
                    batch.size(), () -> ledger.record(batch), () -> watch.turned(LEDGER)),
            () -> watch.turned(LEDGER));
  }

  /** The loops that write; each needs a thread. */
  public List<Runnable> loops() {
    return List.of(outcomes, ledger);
  }

  /** Queues outcomes; the future ends when they are written, or with the reason why not. */
  public CompletableFuture<Void> enqueue(List<Outcome> batch) {
    return batch.isEmpty() ? CompletableFuture.completedFuture(null) : outcomes.add(batch);
  }

  /**
   * Writes outcomes of the claim loop; blocks until they are written. While the database is
   * unavailable, the loop goes on reporting to its watch.
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

  /** Writes entries to the ledger; blocks until they are written. */
  public void keep(List<LedgerEntry> calls) {
    if (!calls.isEmpty()) {
      ledger.write(calls);
    }
  }

  /** Ends the loops once all that was queued is written. */
  public void close() {
    outcomes.close();
    ledger.close();
  }
}
