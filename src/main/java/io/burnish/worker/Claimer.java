package io.burnish.worker;

import io.burnish.attempt.InternalErrors;
import io.burnish.completion.BatchWriters;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.call.InFlightItems;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Claims items within the bytes that this worker may hold, and isolates those that cause an error.
 * A claim that cannot be read is read in halves. A claim that cannot be worked on is released and
 * claimed again in halves, until the record that causes the error is alone: it is postponed, and
 * fails as {@link InternalErrors} says. For one thread.
 */
@Singleton
class Claimer {

  private static final Logger LOG = Logger.getLogger(Claimer.class);

  /**
   * Default of {@code burnish.worker.claim-bytes}: this share of the heap is for texts of records.
   * With all that is made of them they take some eight times as much.
   */
  private static final int SHARE_OF_HEAP = 32;

  private static final long LEAST_BYTES = 1L << 20;

  /** Waits end to the twentieth of a second. */
  private static final Duration BETWEEN_PROMOTIONS = Duration.ofMillis(50);

  private final ItemQueue queue;
  private final QuarantinedJobs quarantined;
  private final InternalErrors errors;
  private final BatchWriters writers;
  private final InFlightItems inFlight;
  private final Claimant claimant;
  private final long mostBytes;

  /** Items in the next claim at most; halved after an error, doubled after a claim without. */
  private int mostItems = Integer.MAX_VALUE;

  private long lastPromotion = System.nanoTime() - BETWEEN_PROMOTIONS.toNanos();

  Claimer(
      ItemQueue queue,
      QuarantinedJobs quarantined,
      InternalErrors errors,
      BatchWriters writers,
      InFlightItems inFlight,
      Claimant claimant,
      WorkerConfig config) {
    this.queue = queue;
    this.quarantined = quarantined;
    this.errors = errors;
    this.writers = writers;
    this.inFlight = inFlight;
    this.claimant = claimant;
    this.mostBytes =
        config
            .claimBytes()
            .map(MemorySize::asLongValue)
            .orElse(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /** This worker, passing over the jobs that are quarantined now. */
  Claimant claimant() {
    return claimant.excluding(quarantined.jobs());
  }

  /** Releases claims that no call is about, if an error left any. */
  void reconcile() {
    inFlight.reconcile();
  }

  /** An error occurred: claims without a call may be left. */
  void doubt() {
    inFlight.doubt();
  }

  /**
   * Makes waiting items ready whose time has come, at most twenty times a second.
   *
   * @return whether there were any
   */
  boolean promoteDue() {
    long now = System.nanoTime();
    if (now - lastPromotion < BETWEEN_PROMOTIONS.toNanos()) {
      return false;
    }
    lastPromotion = now;
    return queue.promoteDue() > 0;
  }

  /** How many items can be claimed, counted up to {@code most}. */
  int ready(int most) {
    return queue.countReady(claimant(), most);
  }

  /** Whether anything may be claimed: the items in flight hold fewer bytes than they may. */
  boolean hasCapacity() {
    return left() > 0;
  }

  /**
   * Whether an item of any size may be claimed: the items in flight hold few bytes. While they hold
   * many, as one very large record does, only small ones are claimed.
   */
  private boolean hasCapacityForLarge() {
    return left() >= mostBytes / 2;
  }

  private long left() {
    return mostBytes - inFlight.bytes();
  }

  /**
   * Claims items. Those that cannot be read, and those of quarantined jobs, are not among them.
   *
   * @param limit items at most
   * @throws DatabaseException when the database does not answer; nothing is claimed then, unless
   *     its answer was lost
   */
  List<ClaimedItem> claim(int limit) {
    long start = System.nanoTime();
    List<ClaimedItem> claims = claimAndRead(Math.min(limit, mostItems));
    if (!claims.isEmpty()) {
      LOG.debugf(
          "Claimed %d items of %d jobs, %d bytes, in %d ms; the first is item %d of job %s",
          (Object) claims.size(),
          claims.stream().map(ClaimedItem::jobId).distinct().count(),
          claims.stream().mapToLong(ClaimedItem::bytes).sum(),
          (System.nanoTime() - start) / 1_000_000,
          claims.get(0).id(),
          claims.get(0).jobId());
    }
    return quarantined.readable(claims);
  }

  private List<ClaimedItem> claimAndRead(int limit) {
    boolean anySize = hasCapacityForLarge();
    try {
      return anySize
          ? queue.claim(claimant(), limit, left())
          : queue.claimSmall(claimant(), limit, left());
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      LOG.warnf("Claim could not be read (%s); its items are read in halves", e);
      return read(queue.claimWithoutTexts(claimant(), limit, left(), anySize));
    }
  }

  private List<ClaimedItem> read(List<ClaimedItem> unread) {
    try {
      return queue.readTexts(unread);
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      if (unread.size() == 1) {
        fail(unread.get(0), e);
        return List.of();
      }
      int half = unread.size() / 2;
      List<ClaimedItem> read = new ArrayList<>(read(unread.subList(0, half)));
      read.addAll(read(unread.subList(half, unread.size())));
      return read;
    }
  }

  /** A claim was worked on without an error. */
  void succeeded() {
    mostItems = (int) Math.min(Integer.MAX_VALUE, mostItems * 2L);
  }

  /**
   * The service itself failed to work on a claim. Items that no call is about yet are released, to
   * be claimed again in smaller claims. A single item is postponed, or fails.
   *
   * @throws DatabaseException when the database does not answer
   */
  void failed(List<ClaimedItem> claims, Throwable why) {
    List<ClaimedItem> rest = claims.stream().filter(item -> !inFlight.contains(item)).toList();
    if (claims.size() == 1) {
      rest.forEach(item -> fail(item, why));
      return;
    }
    mostItems = Math.max(1, claims.size() / 2);
    LOG.warnf(
        why,
        "Internal error at a claim of %d items; %d of them are released, and claimed again %d at a time",
        claims.size(),
        rest.size(),
        mostItems);
    queue.release(rest);
  }

  private void fail(ClaimedItem item, Throwable why) {
    writers.outcomes(errors.postponeOrFail(item, why).stream().toList());
  }
}
