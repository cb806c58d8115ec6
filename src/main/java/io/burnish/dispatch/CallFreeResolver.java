package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.InternalErrors;
import io.burnish.completion.BatchWriters;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.Deduplicator;
import io.burnish.dedup.JobSpecs;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.job.Jobs;
import io.burnish.queue.Claimant;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.LookAhead;
import io.burnish.queue.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Settles what needs no call: what is known already, what is being asked about elsewhere, and
 * answers that were paid for and never judged. Of what was claimed; and, while no quota has room
 * for a call, of what waits to be claimed, which must not wait for a day's limit to drip back. For
 * one thread.
 */
public final class CallFreeResolver {

  private static final Logger LOG = Logger.getLogger(CallFreeResolver.class);

  /** Jobs of which is remembered that they have started. */
  private static final int KEPT = 1_000;

  private static final int SEEN_AT_ONCE = 1_000;

  /** Texts of a look ahead, beside those of the calls in flight. */
  private static final long BYTES_AT_ONCE = 2_000_000;

  /** A look ahead that fails, however little it reads, is left for so long. */
  private static final Duration AFTER_ERROR = Duration.ofMinutes(1);

  /**
   * A look ahead that finds nothing is followed by a pause of so many times its own time: who waits
   * for hours, with a million records, must not keep the database busy.
   */
  private static final int PAUSE = 50;

  private final Parts with;
  private final Set<UUID> started = new HashSet<>();
  private Map<UUID, Integer> from = Map.of();
  private long nextLook;
  private int atOnce = SEEN_AT_ONCE;

  public CallFreeResolver(Parts parts) {
    this.with = parts;
    this.nextLook = parts.nanoClock().getAsLong();
  }

  /** What it works with. */
  public record Parts(
      ItemQueue queue,
      Jobs jobs,
      Deduplicator reuse,
      JobSpecs terms,
      CallAttempt asking,
      BatchWriters writers,
      InternalErrors errors,
      QuarantinedJobs setAside,
      LongSupplier nanoClock) {}

  /**
   * Settles those of the claims that need no call; waits until that is written.
   *
   * @return the others
   */
  List<ClaimedItem> settle(List<ClaimedItem> claims) {
    started(claims);
    List<ClaimedItem> toAsk = new ArrayList<>();
    List<ClaimedItem> left = claims;
    while (!left.isEmpty()) {
      left = settle(left, toAsk);
    }
    return toAsk;
  }

  /** Settles some, adds those that need a call to a list, and returns the rest. */
  private List<ClaimedItem> settle(List<ClaimedItem> claims, List<ClaimedItem> toAsk) {
    Deduplicator.Sorted sorted = sort(claims);
    if (sorted.decided().stream().anyMatch(outcome -> !ItemQueue.waitsForSingleFlight(outcome))) {
      // What was known of some is likely to be known of more: no pause before the next look ahead.
      nextLook = with.nanoClock().getAsLong();
    }
    Map<Boolean, List<ClaimedItem>> byPaid =
        sorted.toAsk().stream().collect(Collectors.partitioningBy(CallFreeResolver::isPaid));
    write(sorted.decided(), byPaid.get(true));
    toAsk.addAll(byPaid.get(false));
    return sorted.later();
  }

  /** One record that can't be looked at must not hold up the others of its claim. */
  private Deduplicator.Sorted sort(List<ClaimedItem> claims) {
    try {
      return with.reuse().sort(claims);
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      if (claims.size() == 1) {
        return new Deduplicator.Sorted(List.of(), with.errors().after(claims, e), List.of());
      }
      List<ClaimedItem> toAsk = new ArrayList<>();
      List<Outcome> decided = new ArrayList<>();
      List<ClaimedItem> later = new ArrayList<>();
      for (ClaimedItem claim : claims) {
        Deduplicator.Sorted one = sort(List.of(claim));
        toAsk.addAll(one.toAsk());
        decided.addAll(one.decided());
        later.addAll(one.later());
      }
      return new Deduplicator.Sorted(toAsk, decided, later);
    }
  }

  /**
   * Looks at what waits to be claimed, if it is time to, and settles what needs no call.
   *
   * @return whether there was any; then there may be more at once
   */
  public boolean lookAhead(Claimant claimant) {
    long start = with.nanoClock().getAsLong();
    if (start - nextLook < 0) {
      return false;
    }
    boolean found = look(claimant);
    long end = with.nanoClock().getAsLong();
    nextLook = Math.max(nextLook, found ? end : end + PAUSE * (end - start));
    return found;
  }

  /** What can't be read ahead is left for its claim, which isolates it. */
  private boolean look(Claimant claimant) {
    LookAhead upcoming;
    try {
      upcoming = with.queue().lookAhead(claimant, from, atOnce, BYTES_AT_ONCE);
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      LOG.warnf("A look ahead at %d records failed (%s); the next is at fewer", atOnce, e);
      if (atOnce == 1) {
        nextLook = with.nanoClock().getAsLong() + AFTER_ERROR.toNanos();
      }
      atOnce = Math.max(1, atOnce / 2);
      return false;
    }
    atOnce = Math.min(SEEN_AT_ONCE, atOnce * 2);
    from = upcoming.next();
    return settleSeen(claimant, upcoming.items());
  }

  /** How long until the next look ahead; zero or more. */
  public Duration untilNextLook() {
    return Duration.ofNanos(Math.max(0, nextLook - with.nanoClock().getAsLong()));
  }

  private boolean settleSeen(Claimant claimant, List<ClaimedItem> upcoming) {
    List<ClaimedItem> readable = readable(upcoming);
    Map<Long, Deduplicator.Finding> found = find(readable);
    List<ClaimedItem> claims =
        with.queue()
            .claim(
                claimant,
                readable.stream()
                    .filter(item -> isPaid(item) || found.containsKey(item.id()))
                    .toList());
    started(claims);
    write(
        with.reuse().outcomes(claims, found),
        claims.stream().filter(item -> !found.containsKey(item.id())).toList());
    return !claims.isEmpty();
  }

  /** A record that can't be looked at is left for its claim, which postpones it. */
  private Map<Long, Deduplicator.Finding> find(List<ClaimedItem> items) {
    try {
      return with.reuse().find(items).byItem();
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      Map<Long, Deduplicator.Finding> found = new HashMap<>();
      if (items.size() > 1) {
        items.forEach(item -> found.putAll(find(List.of(item))));
      }
      return found;
    }
  }

  private List<ClaimedItem> readable(List<ClaimedItem> upcoming) {
    Set<UUID> jobs =
        upcoming.stream()
            .map(ClaimedItem::jobId)
            .distinct()
            .filter(with.setAside()::isReadable)
            .collect(Collectors.toSet());
    return upcoming.stream().filter(item -> jobs.contains(item.jobId())).toList();
  }

  private void write(List<Outcome> decided, List<ClaimedItem> paid) {
    with.writers()
        .outcomes(
            Stream.concat(
                    decided.stream(), paid.stream().map(this::judge).flatMap(Optional::stream))
                .toList());
  }

  private static boolean isPaid(ClaimedItem item) {
    return item.stored() != null;
  }

  private Optional<Outcome> judge(ClaimedItem item) {
    try {
      return Optional.of(
          with.asking().judgeStored(item, with.terms().profile(item), with.terms().question(item)));
    } catch (RuntimeException | Error e) {
      return with.errors().after(item, e);
    }
  }

  /** Said again, it has no effect. */
  private void started(List<ClaimedItem> claims) {
    claims.stream().map(ClaimedItem::jobId).distinct().forEach(this::started);
  }

  private void started(UUID job) {
    if (!started.contains(job)) {
      with.jobs().markStarted(job);
      if (started.size() >= KEPT) {
        started.clear();
      }
      started.add(job);
    }
  }
}
