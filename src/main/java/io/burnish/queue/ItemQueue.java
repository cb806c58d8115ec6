package io.burnish.queue;

import io.burnish.database.DatabaseException;
import io.burnish.database.Sql;
import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.ClaimedRows;
import io.burnish.queue.claim.DueItems;
import io.burnish.queue.claim.LookAhead;
import io.burnish.queue.claim.ReadyItems;
import io.burnish.queue.completion.CompletionStatement;
import io.burnish.queue.completion.Insertion;
import io.burnish.queue.completion.SingleFlight;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Postponement;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The items of all jobs. Each method is one short transaction, or takes part in the caller's.
 * Thread-safe, and safe across replicas.
 *
 * <p>All methods throw {@link DatabaseException} when the database does not answer. Nothing has
 * happened then, unless the connection broke at the commit.
 */
@Singleton
public class ItemQueue {

  private final Sql sql;
  private final Duration aging;

  ItemQueue(Sql sql, QueueConfig config) {
    this.sql = sql;
    this.aging = config.aging();
    if (aging.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "burnish.queue.aging must be a second or more, and is " + aging);
    }
  }

  /**
   * Inserts a job's items, a few thousand a statement, and starts the job's counters with those
   * that are already decided. The job's row must exist in the same transaction. Call once per job.
   */
  public void add(UUID jobId, Iterable<NewItem> items) {
    sql.run(c -> Insertion.insert(c, jobId, items));
  }

  /**
   * Claims ready items of queued and running jobs: at least one of each job as far as the limits
   * allow, the rest by priority and age ({@code burnish.queue.aging}).
   *
   * @param limit items at most; over 0
   * @param bytes at most, summed over {@link ClaimedItem#bytes}; the first item is claimed whatever
   *     its size
   * @return the claims; no other claim holds any of them
   */
  public List<ClaimedItem> claim(Claimant claimant, int limit, long bytes) {
    return sql.run(c -> Claim.claim(c, claimant, aging, new Claim.Bounds(limit, bytes)));
  }

  /**
   * Claims as {@link #claim(Claimant, int, long)}, but no item that is larger than {@code bytes}.
   * For a worker that already holds a large item.
   */
  public List<ClaimedItem> claimSmall(Claimant claimant, int limit, long bytes) {
    return sql.run(c -> Claim.claim(c, claimant, aging, new Claim.Bounds(limit, bytes, false)));
  }

  /**
   * Claims without reading texts: the claims have an empty record, no history and no stored answer.
   * For when the text of one of them can't be read.
   *
   * @param anySize true: bounded as {@link #claim(Claimant, int, long)}; false: as {@link
   *     #claimSmall}
   */
  public List<ClaimedItem> claimWithoutTexts(
      Claimant claimant, int limit, long bytes, boolean anySize) {
    return sql.run(
        c -> Claim.claimWithoutTexts(c, claimant, aging, new Claim.Bounds(limit, bytes, anySize)));
  }

  /**
   * Reads the texts of claims that were made by {@link #claimWithoutTexts}.
   *
   * @return the same claims, without those that lost their lease since
   */
  public List<ClaimedItem> readTexts(List<ClaimedItem> claims) {
    return claims.isEmpty() ? claims : sql.run(c -> ClaimedRows.readTexts(c, claims));
  }

  /**
   * Reads items that the claimant could claim now, about {@code limit} of them, without claiming.
   *
   * @param from where the last look-ahead ended, {@link LookAhead#next}; empty at first
   * @param bytes of texts at most, except for the first item
   */
  public LookAhead lookAhead(Claimant claimant, Map<UUID, Integer> from, int limit, long bytes) {
    return sql.run(c -> LookAhead.read(c, claimant, from, new Claim.Bounds(limit, bytes)));
  }

  /**
   * Claims items that {@link #lookAhead} returned, whatever their order in the queue.
   *
   * @return those that were unchanged; the claimant holds them now
   */
  public List<ClaimedItem> claim(Claimant claimant, List<ClaimedItem> items) {
    return items.isEmpty() ? items : sql.run(c -> LookAhead.claim(c, claimant, items));
  }

  /** Counts the items that the claimant could claim now, up to {@code limit}. */
  public int countReady(Claimant claimant, int limit) {
    return sql.run(c -> ReadyItems.count(c, claimant, limit));
  }

  /** Makes claimed items ready again. Claims with an old fence are ignored. */
  public void release(List<ClaimedItem> items) {
    if (!items.isEmpty()) {
      sql.run(c -> ReadyItems.release(c, items));
    }
  }

  /**
   * Makes waiting items ready whose {@code due_at} has passed, a thousand at most.
   *
   * @return how many
   */
  public int promoteDue() {
    return sql.run(DueItems::promote);
  }

  /**
   * Makes each claim the single-flight leader of its content, unless another item already is.
   *
   * @return the leaders, and the claims whose content is not shared ({@link
   *     ClaimedItem#fingerprint} is null)
   */
  public List<ClaimedItem> acquireSingleFlight(List<ClaimedItem> claims) {
    return sql.run(c -> SingleFlight.acquire(c, claims));
  }

  /**
   * Ends the single flights of a job's ready items, so that other items of the same content can
   * lead. The followers try again when their wait ends.
   */
  public void releaseSingleFlight(UUID job) {
    sql.run(c -> SingleFlight.releaseReady(c, job));
  }

  /**
   * Records claims that are not sent because another record with different content has their key.
   * An item counts once; claims with an old fence are ignored.
   */
  public void recordKeyCollisions(List<ClaimedItem> claims) {
    if (!claims.isEmpty()) {
      sql.run(c -> KeyCollisions.record(c, claims));
    }
  }

  /**
   * Applies outcomes and the counters of their jobs and files, in one statement. An outcome with an
   * old fence is dropped.
   *
   * @return which outcomes were applied, and the counters of their jobs
   */
  public Completion complete(List<Outcome> outcomes) {
    return sql.run(c -> CompletionStatement.apply(c, outcomes));
  }

  /**
   * Makes claimed items wait after an internal error. Their attempts and their paid answers stay.
   * Claims with an old fence are ignored.
   *
   * @param delay until they can be claimed again, from the database's now
   * @param counted whether to raise the internal-error count of each
   * @param maxPack the most records that a call about them may have from now on; {@link
   *     ClaimedItem#UNBOUNDED}: as before
   */
  public void postpone(List<ClaimedItem> items, Duration delay, boolean counted, int maxPack) {
    if (!items.isEmpty()) {
      sql.run(c -> Postponement.apply(c, items, delay, counted, maxPack));
    }
  }
}
