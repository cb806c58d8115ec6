package io.burnish.dedup;

import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Decision;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.burnish.tracking.decision.PriorResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the claims that need no call: the same record was decided before, or is in flight now.
 * Which records count as the same is an option of the job ({@link DedupKey}). Thread-safe.
 */
@Singleton
public class Deduplicator {

  /** A follower is woken when its leader is decided; this is a safety net if that is missed. */
  private static final Duration FOLLOWER_TIMEOUT = Duration.ofSeconds(30);

  private final ItemQueue queue;
  private final PriorResults priorResults;
  private final JobSpecs jobSpecs;
  private final FailedContents failedContents;

  Deduplicator(
      ItemQueue queue,
      PriorResults priorResults,
      JobSpecs jobSpecs,
      FailedContents failedContents) {
    this.queue = queue;
    this.priorResults = priorResults;
    this.jobSpecs = jobSpecs;
    this.failedContents = failedContents;
  }

  /**
   * Claims by what they need.
   *
   * @param needCall claims that need a call; they lead a single flight each
   * @param resolved outcomes of claims that need none
   * @param deferred claims whose earlier result was too large for this batch; to be classified
   *     again once the outcomes are written
   */
  public record Classified(
      List<ClaimedItem> needCall, List<Outcome> resolved, List<ClaimedItem> deferred) {}

  /**
   * Classifies claims. Earlier results are looked up before a single flight is acquired, so that
   * one result resolves all equal records of a claim. They are looked up again afterwards, because
   * a result may have been stored in between.
   */
  public Classified classify(List<ClaimedItem> claims) {
    Resolutions known = lookUp(claims);
    List<ClaimedItem> deferred =
        claims.stream().filter(claim -> known.unread().contains(claim.id())).toList();
    List<ClaimedItem> unknown =
        without(claims, known.byItem()).stream()
            .filter(claim -> !known.unread().contains(claim.id()))
            .toList();
    List<ClaimedItem> leaders = queue.acquireSingleFlight(unknown);
    Map<Long, Resolution> storedMeanwhile = leaders.isEmpty() ? Map.of() : lookUpAll(leaders);
    List<Outcome> resolved = new ArrayList<>(outcomes(claims, known.byItem()));
    resolved.addAll(outcomes(leaders, storedMeanwhile));
    resolved.addAll(followers(unknown, leaders));
    return new Classified(without(leaders, storedMeanwhile), resolved, deferred);
  }

  /** In several batches if need be; few leaders have results that were stored meanwhile. */
  private Map<Long, Resolution> lookUpAll(List<ClaimedItem> items) {
    Map<Long, Resolution> found = new HashMap<>();
    List<ClaimedItem> left = items;
    while (!left.isEmpty()) {
      Resolutions batch = lookUp(left);
      found.putAll(batch.byItem());
      left = left.stream().filter(item -> batch.unread().contains(item.id())).toList();
    }
    return found;
  }

  private static List<ClaimedItem> without(List<ClaimedItem> claims, Map<Long, Resolution> found) {
    return claims.stream().filter(claim -> !found.containsKey(claim.id())).toList();
  }

  /**
   * What an earlier result means for an item.
   *
   * @param decision its outcome
   * @param collides whether the result is of a record with the same key and other content
   */
  public record Resolution(Decision decision, boolean collides) {}

  /**
   * What earlier results mean for items.
   *
   * @param byItem by item id
   * @param unread ids of items whose earlier result was not read, because the batch had too many
   *     bytes; none of them is in {@code byItem}
   */
  public record Resolutions(Map<Long, Resolution> byItem, Set<Long> unread) {}

  /** Looks up earlier results of items. Items in neither part of the answer need a call. */
  public Resolutions lookUp(List<ClaimedItem> items) {
    Map<Long, PriorResult> known = priorResults.known(items);
    Map<Long, Resolution> found = new HashMap<>();
    Set<Long> unread = new HashSet<>();
    for (ClaimedItem item : items) {
      failedContents
          .find(item)
          .ifPresent(failure -> found.put(item.id(), new Resolution(failure, false)));
      @Nullable PriorResult prior = known.get(item.id());
      if (prior != null && prior.unread()) {
        unread.add(item.id());
      } else if (prior != null) {
        PriorDecision.of(jobSpecs.of(item.jobId()), item, prior)
            .ifPresent(
                decision ->
                    found.put(item.id(), new Resolution(decision, isOfOtherContent(item, prior))));
      }
    }
    unread.removeAll(found.keySet());
    return new Resolutions(found, unread);
  }

  private boolean isOfOtherContent(ClaimedItem claim, PriorResult prior) {
    return prior
        .fingerprint()
        .filter(
            content ->
                !content.equals(DedupKey.contentFingerprint(jobSpecs.of(claim.jobId()), claim)))
        .isPresent();
  }

  /** The outcomes of the claims with a resolution; counts those that collide. */
  public List<Outcome> outcomes(List<ClaimedItem> claims, Map<Long, Resolution> found) {
    List<ClaimedItem> resolved =
        claims.stream().filter(claim -> found.containsKey(claim.id())).toList();
    queue.recordKeyCollisions(
        resolved.stream().filter(claim -> resolution(claim, found).collides()).toList());
    return resolved.stream()
        .map(claim -> Outcome.withoutCall(claim, resolution(claim, found).decision()))
        .toList();
  }

  private static Resolution resolution(ClaimedItem claim, Map<Long, Resolution> found) {
    return Objects.requireNonNull(found.get(claim.id()));
  }

  private static List<Outcome> followers(List<ClaimedItem> claims, List<ClaimedItem> leaders) {
    Set<Long> leading = leaders.stream().map(ClaimedItem::id).collect(Collectors.toSet());
    return claims.stream()
        .filter(claim -> !leading.contains(claim.id()))
        .map(
            claim ->
                Outcome.withoutCall(
                    claim, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, FOLLOWER_TIMEOUT)))
        .toList();
  }
}
