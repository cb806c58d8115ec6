package io.burnish.worker;

import io.burnish.attempt.InternalErrors;
import io.burnish.completion.BatchWriters;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.InFlightItems;
import io.burnish.queue.Claimant;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Claims items within the bytes that this worker may hold, and isolates what it can't handle: a
 * claim that can't be read is read in halves, a claim that can't be worked on is released and
 * claimed again in halves, until the record that causes the error is alone. It is postponed, and
 * fails as {@link InternalErrors} says; the others go on. For one thread.
 */
final class Claimer {

  private static final Logger LOG = Logger.getLogger(Claimer.class);

  private final ItemQueue queue;
  private final QuarantinedJobs setAside;
  private final InternalErrors errors;
  private final BatchWriters writers;
  private final InFlightItems holdings;
  private final Claimant claimant;
  private final long mostBytes;

  /** Items in the next claim at most; halved after an error, doubled after a claim without. */
  private int mostItems = Integer.MAX_VALUE;

  /**
   * @param mostBytes what may be held of records, histories and stored answers; over 0
   */
  Claimer(
      ItemQueue queue,
      QuarantinedJobs setAside,
      InternalErrors errors,
      BatchWriters writers,
      InFlightItems holdings,
      Claimant claimant,
      long mostBytes) {
    this.queue = queue;
    this.setAside = setAside;
    this.errors = errors;
    this.writers = writers;
    this.holdings = holdings;
    this.claimant = claimant;
    this.mostBytes = mostBytes;
  }

  /** Who claims, without the jobs that are set aside. */
  Claimant claimant() {
    return claimant.excluding(setAside.jobs());
  }

  /** Whether anything can be claimed at all: calls hold less than they may. */
  boolean hasRoom() {
    return left() > 0;
  }

  /**
   * Whether calls hold so little that an item of any size may be claimed. While they hold much, as
   * one very large record may, small ones go past it.
   */
  private boolean hasRoomForLarge() {
    return left() >= mostBytes / 2;
  }

  private long left() {
    return mostBytes - holdings.bytes();
  }

  /**
   * Claims items; those that can't be read, and those of jobs that can't be, are not among them.
   *
   * @param limit items at most
   * @throws DatabaseException when the database does not answer; nothing is claimed then, as far as
   *     is known
   */
  List<ClaimedItem> claim(int limit) {
    long start = System.nanoTime();
    List<ClaimedItem> claims = claimAndRead(Math.min(limit, mostItems));
    if (!claims.isEmpty()) {
      LOG.debugf(
          "Claimed %d records of %d jobs, %d bytes, in %d ms; the first is item %d of job %s",
          (Object) claims.size(),
          claims.stream().map(ClaimedItem::jobId).distinct().count(),
          claims.stream().mapToLong(ClaimedItem::bytes).sum(),
          (System.nanoTime() - start) / 1_000_000,
          claims.get(0).id(),
          claims.get(0).jobId());
    }
    return setAside.readable(claims);
  }

  private List<ClaimedItem> claimAndRead(int limit) {
    boolean anySize = hasRoomForLarge();
    try {
      return anySize
          ? queue.claim(claimant(), limit, left())
          : queue.claimSmall(claimant(), limit, left());
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      LOG.warnf("A claim could not be read (%s); its records are read in halves", e);
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
   * The service itself failed to work on a claim. What no call is about yet is released, to be
   * claimed again in smaller claims; a single record is postponed, or fails.
   *
   * @throws RuntimeException when the database does not take that
   */
  void failed(List<ClaimedItem> claims, Throwable why) {
    List<ClaimedItem> rest = claims.stream().filter(item -> !holdings.hold(item)).toList();
    if (claims.size() == 1) {
      rest.forEach(item -> fail(item, why));
      return;
    }
    mostItems = Math.max(1, claims.size() / 2);
    LOG.warnf(
        why,
        "A claim of %d records could not be worked on; %d are released, and claimed again %d at a time",
        claims.size(),
        rest.size(),
        mostItems);
    queue.release(rest);
  }

  private void fail(ClaimedItem item, Throwable why) {
    writers.outcomes(errors.after(item, why).stream().toList());
  }
}
