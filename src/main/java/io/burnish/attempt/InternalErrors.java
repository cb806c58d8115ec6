package io.burnish.attempt;

import io.burnish.database.DatabaseException;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Decides the outcome of records that the service itself failed to process. They are postponed: no
 * attempt is charged, and a stored answer stays. A pack is halved until the record that causes the
 * error is alone. That one fails as {@code internal_error} after {@code
 * burnish.worker.max-internal-errors}. Thread-safe.
 */
@Singleton
public class InternalErrors {

  static final String CODE = "internal_error";

  private static final Logger LOG = Logger.getLogger(InternalErrors.class);
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 10;

  /** The database was unavailable: no record is at fault. */
  private static final Duration DATABASE_BACKOFF = Duration.ofMillis(500);

  private final ItemQueue queue;
  private final AttemptConfig config;

  /** Counts the internal errors of items, and lets the items wait. */
  public InternalErrors(ItemQueue queue, AttemptConfig config) {
    this.queue = queue;
    this.config = config;
  }

  /**
   * Postpones the records of a pack; a record alone may fail.
   *
   * @return the outcomes of records that fail; the others are postponed
   * @throws DatabaseException when the database does not answer; the claims are unchanged
   */
  public List<Outcome> postponeOrFail(List<ClaimedItem> items, Throwable error) {
    if (items.size() == 1) {
      return postponeOrFail(items.get(0), error).map(List::of).orElse(List.of());
    }
    return LogFields.with(
        items,
        null,
        () -> {
          if (DatabaseException.isTransient(error)) {
            postponeForDatabase(items, error);
          } else {
            halve(items, error);
          }
          return List.of();
        });
  }

  private void halve(List<ClaimedItem> items, Throwable error) {
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
  }

  private void postponeForDatabase(List<ClaimedItem> items, Throwable error) {
    LOG.warnf(
        "Database unavailable (%s): work on %d items stopped; retry in %s",
        error.getMessage(), items.size(), DATABASE_BACKOFF);
    queue.postpone(items, DATABASE_BACKOFF, false, ClaimedItem.UNBOUNDED);
  }

  /**
   * Postpones one record, or lets it fail.
   *
   * @return its outcome when it fails; empty when it is postponed
   * @throws DatabaseException when the database does not answer; the claim is unchanged
   */
  public Optional<Outcome> postponeOrFail(ClaimedItem item, Throwable error) {
    return LogFields.with(
        List.of(item),
        null,
        () -> {
          if (DatabaseException.isTransient(error)) {
            postponeForDatabase(List.of(item), error);
            return Optional.empty();
          }
          return countError(item, error);
        });
  }

  private Optional<Outcome> countError(ClaimedItem item, Throwable error) {
    UUID id = UUID.randomUUID();
    int errors = item.internalErrors() + 1;
    boolean fails = errors >= config.maxInternalErrors();
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(errors, MOST_DOUBLINGS));
    LOG.errorf(
        error,
        "Internal error %s at item %d of job %s, %d of %d (burnish.worker.max-internal-errors); the item %s",
        id,
        item.id(),
        item.jobId(),
        errors,
        config.maxInternalErrors(),
        fails ? "fails as " + CODE : "is retried in " + backoff);
    if (fails) {
      return Optional.of(Outcome.withoutCall(item, failure(item, id)));
    }
    queue.postpone(List.of(item), backoff, true, ClaimedItem.UNBOUNDED);
    return Optional.empty();
  }

  private static Failed failure(ClaimedItem item, UUID id) {
    String reason =
        "the service failed to work on the record (internal error %s in the log); post it again to have it retried"
            .formatted(id);
    return OutcomePolicy.failed(item, CODE, List.of(reason), null);
  }
}
