package io.burnish.dispatch;

import io.burnish.attempt.InternalErrors;
import io.burnish.completion.BatchWriters;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.Deduplicator;
import io.burnish.job.JobCounters;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resolves the claims that need no call: what was decided before, what is in flight elsewhere, and
 * what is paid for and not judged yet. For one thread.
 */
@Singleton
class CallFreeResolver {

  /** Jobs that are remembered as started. */
  private static final int STARTED_KEPT = 1_000;

  private final Deduplicator deduplicator;
  private final StoredAnswers stored;
  private final InternalErrors errors;
  private final BatchWriters writers;
  private final JobCounters counters;
  private final Set<UUID> started = new HashSet<>();
  private boolean anyKnown;

  CallFreeResolver(
      Deduplicator deduplicator,
      StoredAnswers stored,
      InternalErrors errors,
      BatchWriters writers,
      JobCounters counters) {
    this.deduplicator = deduplicator;
    this.stored = stored;
    this.errors = errors;
    this.writers = writers;
    this.counters = counters;
  }

  /**
   * Completes those of the claims that need no call; waits until that is written.
   *
   * @return the others
   */
  List<ClaimedItem> resolve(List<ClaimedItem> claims) {
    start(claims);
    List<ClaimedItem> toAsk = new ArrayList<>();
    List<ClaimedItem> left = claims;
    while (!left.isEmpty()) {
      left = resolve(left, toAsk);
    }
    return toAsk;
  }

  /** Completes some, adds those that need a call to a list, and returns the rest. */
  private List<ClaimedItem> resolve(List<ClaimedItem> claims, List<ClaimedItem> toAsk) {
    Deduplicator.Classified sorted = sort(claims);
    anyKnown |= sorted.resolved().stream().anyMatch(outcome -> !outcome.waitsForSingleFlight());
    Map<Boolean, List<ClaimedItem>> byStored =
        sorted.needCall().stream().collect(Collectors.partitioningBy(StoredAnswers::isStored));
    complete(sorted.resolved(), byStored.get(true));
    toAsk.addAll(byStored.get(false));
    return sorted.deferred();
  }

  /** Sorts a claim; if that fails, each item by itself, so that one does not hold up the others. */
  private Deduplicator.Classified sort(List<ClaimedItem> claims) {
    try {
      return deduplicator.classify(claims);
    } catch (RuntimeException | Error e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      if (claims.size() == 1) {
        return new Deduplicator.Classified(List.of(), errors.postponeOrFail(claims, e), List.of());
      }
      List<ClaimedItem> toAsk = new ArrayList<>();
      List<Outcome> decided = new ArrayList<>();
      List<ClaimedItem> later = new ArrayList<>();
      for (ClaimedItem claim : claims) {
        Deduplicator.Classified one = sort(List.of(claim));
        toAsk.addAll(one.needCall());
        decided.addAll(one.resolved());
        later.addAll(one.deferred());
      }
      return new Deduplicator.Classified(toAsk, decided, later);
    }
  }

  /** Writes outcomes, and those of items whose answer is stored; waits until it is done. */
  void complete(List<Outcome> decided, List<ClaimedItem> withAnswer) {
    writers.outcomes(Stream.concat(decided.stream(), stored.judge(withAnswer).stream()).toList());
  }

  /**
   * Whether a result was known of any item since the last time that this was asked: results of more
   * items are likely to be known then.
   */
  boolean knewAny() {
    boolean any = anyKnown;
    anyKnown = false;
    return any;
  }

  /** Marks the jobs of the claims as started; idempotent. */
  void start(List<ClaimedItem> claims) {
    claims.stream().map(ClaimedItem::jobId).distinct().forEach(this::start);
  }

  private void start(UUID job) {
    if (!started.contains(job)) {
      counters.markStarted(job);
      if (started.size() >= STARTED_KEPT) {
        started.clear();
      }
      started.add(job);
    }
  }
}
