package io.burnish.queue.control;

import io.burnish.database.Sql;
import io.burnish.metrics.ItemMeters;
import io.burnish.queue.completion.SingleFlight;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * What the control of a job does to its items. Each method is one short transaction, or takes part
 * in the caller's. Thread-safe, and safe across replicas.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database does not
 * answer.
 */
@Singleton
public class ItemControl {

  private final Sql sql;
  private final ItemMeters meters;

  ItemControl(Sql sql, ItemMeters meters) {
    this.sql = sql;
    this.meters = meters;
  }

  /**
   * Cancels ready and waiting items of a job whose end was requested, and ends the job when no item
   * is left open. Items that are being claimed at this moment are left out.
   *
   * @param limit items at most; over 0
   * @return how many were cancelled, whose content others may ask about now, and whether this ended
   *     the job
   */
  public Cancelled cancelOpen(UUID job, int limit) {
    Cancelled chunk = sql.run(c -> Cancellation.cancelOpen(c, job, limit));
    meters.cancelled(chunk.items());
    return chunk;
  }

  /** Makes the items ready that waited for one of these contents. */
  public void wake(List<byte[]> fingerprints) {
    if (!fingerprints.isEmpty()) {
      sql.run(c -> SingleFlight.wakeFollowers(c, fingerprints));
    }
  }

  /**
   * Lets other jobs ask about the contents of this job's ready and waiting items.
   *
   * @return the contents
   */
  public List<byte[]> releaseSingleFlightOf(UUID job) {
    return sql.run(c -> SingleFlight.releaseOpen(c, job));
  }

  /**
   * Makes failed items of a job ready again, as if they had never been asked about. Takes part in
   * the caller's transaction, which holds the lock on the job's row.
   *
   * @return how many
   */
  public int retryFailed(FailedItems chosen) {
    return sql.run(c -> Reopening.reopen(c, chosen));
  }

  /**
   * The result of {@link #cancelOpen}.
   *
   * @param items how many were cancelled
   * @param fingerprints contents whose single flight ended with them
   * @param endedJob whether this call ended the job; true for one call only
   */
  public record Cancelled(int items, List<byte[]> fingerprints, boolean endedJob) {}
}
