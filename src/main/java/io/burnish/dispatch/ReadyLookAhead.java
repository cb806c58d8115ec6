package io.burnish.dispatch;

import io.burnish.database.DatabaseException;
import io.burnish.dedup.Deduplicator;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.claim.LookAhead;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Resolves items that need no call while they are still ready, so that they do not wait for quota.
 * For one thread.
 */
@Singleton
public class ReadyLookAhead {

  private static final Logger LOG = Logger.getLogger(ReadyLookAhead.class);

  private static final int MOST_ITEMS = 1_000;

  /** Of the texts of one look, beside those of the calls in flight. */
  private static final long MOST_BYTES = 2_000_000;

  /** Pause after a look at a single item that failed. */
  private static final Duration AFTER_ERROR = Duration.ofMinutes(1);

  /**
   * A look that finds nothing is followed by a pause of so many times its own duration, so that a
   * million waiting items do not keep the database busy.
   */
  private static final int PAUSE = 50;

  private final ItemQueue queue;
  private final Deduplicator deduplicator;
  private final CallFreeResolver resolver;
  private final QuarantinedJobs quarantined;
  private final LongSupplier nanoClock = System::nanoTime;
  private Map<UUID, Integer> from = Map.of();
  private long nextLook = nanoClock.getAsLong();
  private int atOnce = MOST_ITEMS;

  ReadyLookAhead(
      ItemQueue queue,
      Deduplicator deduplicator,
      CallFreeResolver resolver,
      QuarantinedJobs quarantined) {
    this.queue = queue;
    this.deduplicator = deduplicator;
    this.resolver = resolver;
    this.quarantined = quarantined;
  }

  /**
   * Looks at ready items, if a look is due, and resolves those that need no call.
   *
   * @return whether there were any; more are likely then
   */
  public boolean run(Claimant claimant) {
    long start = nanoClock.getAsLong();
    if (resolver.knewAny()) {
      nextLook = start;
    }
    if (start - nextLook < 0) {
      return false;
    }
    boolean found = look(claimant);
    long end = nanoClock.getAsLong();
    nextLook = Math.max(nextLook, found ? end : end + PAUSE * (end - start));
    return found;
  }

  /** How long until the next look is due; zero or more. */
  public Duration untilNext() {
    return Duration.ofNanos(Math.max(0, nextLook - nanoClock.getAsLong()));
  }

  /** Items that cannot be read here are left to their claim, which isolates them. */
  private boolean look(Claimant claimant) {
    LookAhead ahead;
    try {
      ahead = queue.lookAhead(claimant, from, atOnce, MOST_BYTES);
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      LOG.warnf("Look-ahead at %d ready items failed (%s); the next is at fewer", atOnce, e);
      if (atOnce == 1) {
        nextLook = nanoClock.getAsLong() + AFTER_ERROR.toNanos();
      }
      atOnce = Math.max(1, atOnce / 2);
      return false;
    }
    atOnce = Math.min(MOST_ITEMS, atOnce * 2);
    from = ahead.next();
    return resolve(claimant, readable(ahead.items()));
  }

  private boolean resolve(Claimant claimant, List<ClaimedItem> items) {
    Map<Long, Deduplicator.Resolution> found = find(items);
    List<ClaimedItem> claims =
        queue.claim(
            claimant,
            items.stream()
                .filter(item -> StoredAnswers.isStored(item) || found.containsKey(item.id()))
                .toList());
    resolver.start(claims);
    resolver.complete(
        deduplicator.outcomes(claims, found),
        claims.stream().filter(item -> !found.containsKey(item.id())).toList());
    return !claims.isEmpty();
  }

  /** What is known of the items; one that fails is left to its claim, which postpones it. */
  private Map<Long, Deduplicator.Resolution> find(List<ClaimedItem> items) {
    try {
      return deduplicator.lookUp(items).byItem();
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      Map<Long, Deduplicator.Resolution> found = new HashMap<>();
      if (items.size() > 1) {
        items.forEach(item -> found.putAll(find(List.of(item))));
      }
      return found;
    }
  }

  private List<ClaimedItem> readable(List<ClaimedItem> items) {
    Set<UUID> jobs =
        items.stream()
            .map(ClaimedItem::jobId)
            .distinct()
            .filter(quarantined::isReadable)
            .collect(Collectors.toSet());
    return items.stream().filter(item -> jobs.contains(item.jobId())).toList();
  }
}
