package io.burnish.attempt;

import io.burnish.database.DatabaseException;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Decides what becomes of records that the service itself failed to work on. They are postponed: no
 * attempt is charged, and an answer that was paid for stays theirs. A pack is halved until the
 * record that causes the error is alone; a record alone fails as {@code internal_error} after
 * {@code burnish.worker.max-internal-errors} of them. Thread-safe.
 */
@Singleton
public class InternalErrors {

  static final String CODE = "internal_error";

  private static final Logger LOG = Logger.getLogger(InternalErrors.class);
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

  /** The database was away: no record is at fault. */
  private static final Duration DATABASE_BACKOFF = Duration.ofMillis(500);

  private final ItemQueue queue;
  private final AttemptConfig config;

  public InternalErrors(ItemQueue queue, AttemptConfig config) {
    this.queue = queue;
    this.config = config;
  }

  /**
   * Postpones the records of a pack.
   *
   * @return the outcomes of those that fail; the others are postponed
   * @throws DatabaseException when the database does not answer; the claims are as they were then
   */
  public List<Outcome> postponeOrFail(List<ClaimedItem> items, Throwable error) {
    if (DatabaseException.isTransient(error)) {
      databaseAway(items, error);
      return List.of();
    }
    if (items.size() > 1) {
      int half = (items.size() + 1) / 2;
      LOG.errorf(
          error,
          "Internal error %s in a call about %d items (the first: %d of job %s); they are retried in packs of %d",
          UUID.randomUUID(),
          items.size(),
          items.get(0).id(),
          items.get(0).jobId(),
          half);
      queue.postpone(items, FIRST_BACKOFF, false, half);
      return List.of();
    }
    return postponeOrFail(items.get(0), error).map(List::of).orElse(List.of());
  }

  private void databaseAway(List<ClaimedItem> items, Throwable error) {
    LOG.warnf(
        "Work on %d items stopped because the database is unavailable (%s); they are retried in %s",
        items.size(), error.getMessage(), DATABASE_BACKOFF);
    queue.postpone(items, DATABASE_BACKOFF, false, ClaimedItem.UNBOUNDED);
  }

  /**
   * Postpones one record.
   *
   * @return its outcome when it fails; empty when it is postponed
   * @throws DatabaseException when the database does not answer; the claim is as it was then
   */
  public Optional<Outcome> postponeOrFail(ClaimedItem item, Throwable error) {
    if (DatabaseException.isTransient(error)) {
      databaseAway(List.of(item), error);
      return Optional.empty();
    }
    UUID id = UUID.randomUUID();
    int errors = item.internalErrors() + 1;
    boolean fails = errors >= config.maxInternalErrors();
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(errors, 10));
    LOG.errorf(
        error,
        "Internal error %s at item %d of job %s, %d of %d (burnish.worker.max-internal-errors); the item %s",
        id,
        item.id(),
        item.jobId(),
        errors,
        config.maxInternalErrors(),
        fails ? "fails as " + CODE : "is retried in " + backoff);
    if (!fails) {
      queue.postpone(List.of(item), backoff, true, ClaimedItem.UNBOUNDED);
      return Optional.empty();
    }
    List<String> errorsToTell = new ArrayList<>();
    errorsToTell.add(
        "the service failed to work on the record (internal error %s in the log); post it again to have it retried"
            .formatted(id));
    errorsToTell.addAll(RecordHistory.of(item).reasons());
    return Optional.of(Outcome.withoutCall(item, new Outcome.Failed(CODE, errorsToTell, null)));
  }
}
