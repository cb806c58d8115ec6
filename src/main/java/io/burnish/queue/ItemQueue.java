package io.burnish.queue;

import io.burnish.database.DatabaseException;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The door of this room: the items of all jobs. Every method is one short transaction, or takes
 * part in the caller's. Thread-safe, and safe over replicas.
 *
 * <p>All methods throw {@link DatabaseException} when the database does not answer; nothing has
 * happened then, unless the connection broke at the commit.
 */
@Singleton
public class ItemQueue {

  /** Failed items that {@link #reasons} looks at. */
  public static final int FAILURES_COUNTED = 10_000;

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
   * Adds a job's items, a few thousand at a time, and counts those that come decided; the job must
   * be there, in the same transaction. Once for a job.
   */
  public void add(UUID jobId, Iterable<NewItem> items) {
    sql.run(c -> Insertion.insert(c, jobId, items));
  }

  /**
   * Claims up to {@code limit} ready items of the jobs that are queued or running: one of each at
   * the least, as far as the limits go, and the others by priority and age.
   *
   * @param bytes of their texts at most ({@link ClaimedItem#bytes}), but for the first item: one is
   *     claimed however large it is
   * @return the claims, none of which any other claim holds
   */
  public List<ClaimedItem> claim(Claimant claimant, int limit, long bytes) {
    return sql.run(c -> Claim.claim(c, claimant, aging, new Claim.Bounds(limit, bytes)));
  }

  /**
   * Claims as {@link #claim(Claimant, int, long)} does, but nothing that is larger by itself than
   * {@code bytes}: for who holds something large already.
   */
  public List<ClaimedItem> claimSmall(Claimant claimant, int limit, long bytes) {
    return sql.run(c -> Claim.claim(c, claimant, aging, new Claim.Bounds(limit, bytes, false)));
  }

  /**
   * Claims, and leaves the texts where they are: the claims have an empty record, no history and no
   * stored answer. For when one of them can't be read.
   *
   * @param anySize whether it claims as {@link #claim(Claimant, int, long)} does, or else as {@link
   *     #claimSmall}
   */
  public List<ClaimedItem> claimUnread(Claimant claimant, int limit, long bytes, boolean anySize) {
    return sql.run(
        c -> Claim.claimUnread(c, claimant, aging, new Claim.Bounds(limit, bytes, anySize)));
  }

  /**
   * Reads the texts of claims that were made without them.
   *
   * @return the same claims, but for those that were taken from their worker since
   */
  public List<ClaimedItem> read(List<ClaimedItem> unread) {
    return unread.isEmpty() ? unread : sql.run(c -> ClaimedRows.read(c, unread));
  }

  /**
   * Looks at what the claimant could claim now, up to about {@code limit} items.
   *
   * @param from where the last look ended, {@link LookAhead#next}; empty at first
   * @param bytes of their texts at most, but for the first item
   */
  public LookAhead upcoming(Claimant claimant, Map<UUID, Integer> from, int limit, long bytes) {
    return sql.run(c -> LookAhead.look(c, claimant, from, new Claim.Bounds(limit, bytes)));
  }

  /**
   * Claims items that were seen by {@link #upcoming}, in whatever order they would come.
   *
   * @return those that were still as they were seen, and are the claimant's now
   */
  public List<ClaimedItem> claim(Claimant claimant, List<ClaimedItem> seen) {
    return seen.isEmpty() ? seen : sql.run(c -> LookAhead.claim(c, claimant, seen));
  }

  /** How many items the claimant could claim now; counts no further than {@code limit}. */
  public int ready(Claimant claimant, int limit) {
    return sql.run(c -> ReadyItems.count(c, claimant, limit));
  }

  /** Gives claims back unharmed; those under an old fence are passed over. */
  public void release(List<ClaimedItem> items) {
    if (!items.isEmpty()) {
      sql.run(c -> ReadyItems.release(c, items));
    }
  }

  /**
   * Makes waiting items whose time has come ready, a thousand at the most.
   *
   * @return how many
   */
  public int promoteDue() {
    return sql.run(DueItems::promote);
  }

  /**
   * Of items with the same content, one works and the others wait.
   *
   * @return those of the claims that work on their content, or share it with nobody
   */
  public List<ClaimedItem> takeOff(List<ClaimedItem> claims) {
    return sql.run(c -> SingleFlight.takeOff(c, claims));
  }

  /**
   * Lets others of the same content work, where the job's own items hold them up and nobody works
   * on those. They look again by themselves.
   */
  public void land(UUID job) {
    sql.run(c -> SingleFlight.land(c, job));
  }

  /**
   * Notes that claims are not sent, because another record of different content has their key. A
   * claim noted twice counts once; one whose fence is not the current one is not noted.
   */
  public void noteCollisions(List<ClaimedItem> claims) {
    if (!claims.isEmpty()) {
      sql.run(c -> KeyCollisions.note(c, claims));
    }
  }

  /** How many of the job's items were noted by {@link #noteCollisions}. */
  public int collisions(UUID job) {
    return sql.run(c -> KeyCollisions.count(c, job));
  }

  /**
   * Applies outcomes, with the counters of their jobs and files, in one statement. An outcome whose
   * fence is not the current one is dropped.
   *
   * @return which were applied, and what they made of their jobs
   */
  public Completion complete(List<Outcome> outcomes) {
    return sql.run(c -> CompletionStatement.apply(c, outcomes));
  }

  /**
   * Whether the outcome waits for another item of the same content. Such outcomes are completed in
   * a transaction of their own: one that waits for a flight and one that ends it, in the same
   * transaction, could deadlock with its mirror image.
   */
  public static boolean follows(Outcome outcome) {
    return SingleFlight.follows(outcome);
  }

  /**
   * Postpones claims that the service itself failed to work on. Their attempts and the answers that
   * were paid for stay as they are. Claims under an old fence are passed over.
   *
   * @param delay until they can be claimed again, from the database's now
   * @param counted whether the failure counts as an internal error of each
   * @param maxPack the most records that a call about them may have from now on; {@link
   *     ClaimedItem#UNBOUNDED}: as before
   */
  public void postpone(List<ClaimedItem> items, Duration delay, boolean counted, int maxPack) {
    if (!items.isEmpty()) {
      sql.run(c -> Postponement.apply(c, items, delay, counted, maxPack));
    }
  }

  /** How many of the job's items are being worked on. */
  public int running(UUID job) {
    return sql.run(c -> ItemQueries.running(c, job));
  }

  /** What the job's waiting items wait for, and until when; empty when none waits. */
  public Optional<NextWait> nextWait(UUID job) {
    return sql.run(c -> ItemQueries.nextWait(c, job));
  }

  /**
   * The kinds of failure among the first {@value #FAILURES_COUNTED} failed items of a job, most
   * frequent first.
   */
  public List<FailureReason> reasons(UUID job) {
    return sql.run(c -> ItemQueries.reasons(c, job, FAILURES_COUNTED));
  }

  /**
   * Moves each job's claims past what is consumed, so that a claim costs the same at the end of a
   * job as at its start. One short transaction for some hundred jobs; while one replica is at it,
   * the others do nothing.
   */
  public void raiseClaimFloors() {
    Optional<LowWaterMark.Place> place =
        sql.run(LowWaterMark::begin) ? Optional.of(LowWaterMark.Place.FIRST) : Optional.empty();
    while (place.isPresent()) {
      LowWaterMark.Place from = place.get();
      place = sql.run(c -> LowWaterMark.raise(c, from));
    }
  }

  /**
   * What a batch of outcomes did.
   *
   * @param applied ids of the items whose outcome was applied
   * @param jobs their jobs' counters
   */
  public record Completion(Collection<Long> applied, Map<UUID, JobProgress> jobs) {}
}
