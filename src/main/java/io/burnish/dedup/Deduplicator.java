package io.burnish.dedup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.job.JobSpec;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Decision;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.tracking.PriorResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which claims need no call: they were decided before, or are being asked about just now.
 * Which records count as the same is the job's choice ({@link DedupKey}).
 */
@Singleton
public class Deduplicator {

  /**
   * A follower is woken when its flight lands; this is for the case that nobody is left to wake it.
   */
  private static final Duration SAFETY = Duration.ofSeconds(30);

  private final ItemQueue queue;
  private final PriorResults recall;
  private final JobSpecs terms;
  private final FailedContents failed;

  Deduplicator(ItemQueue queue, PriorResults recall, JobSpecs terms, FailedContents failed) {
    this.queue = queue;
    this.recall = recall;
    this.terms = terms;
    this.failed = failed;
  }

  /**
   * Claims, told apart.
   *
   * @param needCall those that a call must be made for
   * @param resolved outcomes of others
   * @param deferred those that something is known of which was too much to read at once; to be
   *     sorted again when the outcomes are written
   */
  public record Classified(
      List<ClaimedItem> needCall, List<Outcome> resolved, List<ClaimedItem> deferred) {}

  /**
   * Tells apart which of the claims need a call. Looks at what is known before taking off, so that
   * all equal records of a claim are settled by one answer at once; and again after it, because an
   * answer may have come in between.
   */
  public Classified classify(List<ClaimedItem> claims) {
    Resolutions known = lookUp(claims);
    List<ClaimedItem> later =
        claims.stream().filter(claim -> known.unread().contains(claim.id())).toList();
    List<ClaimedItem> unknown =
        not(claims, known.byItem()).stream()
            .filter(claim -> !known.unread().contains(claim.id()))
            .toList();
    List<ClaimedItem> flying = queue.acquireSingleFlight(unknown);
    Map<Long, Resolution> landed = flying.isEmpty() ? Map.of() : findAll(flying);
    List<Outcome> decided = new ArrayList<>(outcomes(claims, known.byItem()));
    decided.addAll(outcomes(flying, landed));
    decided.addAll(following(unknown, flying));
    return new Classified(not(flying, landed), decided, later);
  }

  /** All that is known: only of items whose answers came in just now, so it is little. */
  private Map<Long, Resolution> findAll(List<ClaimedItem> items) {
    Map<Long, Resolution> found = new HashMap<>();
    List<ClaimedItem> left = items;
    while (!left.isEmpty()) {
      Resolutions some = lookUp(left);
      found.putAll(some.byItem());
      left = left.stream().filter(item -> some.unread().contains(item.id())).toList();
    }
    return found;
  }

  private static List<ClaimedItem> not(List<ClaimedItem> claims, Map<Long, Resolution> found) {
    return claims.stream().filter(claim -> !found.containsKey(claim.id())).toList();
  }

  /**
   * What follows for an item from what is known.
   *
   * @param decision its outcome
   * @param collides whether that is known of a record of other content, under the same key
   */
  public record Resolution(Decision decision, boolean collides) {}

  /**
   * What follows for items.
   *
   * @param byItem by item id
   * @param unread ids of the items that a result is known of which was not read: too many bytes for
   *     one batch. One that was read is always among {@code byItem}
   */
  public record Resolutions(Map<Long, Resolution> byItem, Set<Long> unread) {}

  /** What follows for items from what is known; those that are in neither part need a call. */
  public Resolutions lookUp(List<ClaimedItem> items) {
    Map<Long, PriorResult> known = recall.known(items);
    Map<Long, Resolution> found = new HashMap<>();
    Set<Long> unread = new HashSet<>();
    for (ClaimedItem item : items) {
      failed.find(item).ifPresent(same -> found.put(item.id(), new Resolution(same, false)));
      @Nullable PriorResult before = known.get(item.id());
      if (before != null && before.unread()) {
        unread.add(item.id());
      } else if (before != null) {
        decision(terms.of(item.jobId()), item, before)
            .ifPresent(
                made -> found.put(item.id(), new Resolution(made, isOfOtherContent(item, before))));
      }
    }
    unread.removeAll(found.keySet());
    return new Resolutions(found, unread);
  }

  /** The outcomes of those claims of which something was found. */
  public List<Outcome> outcomes(List<ClaimedItem> claims, Map<Long, Resolution> found) {
    List<ClaimedItem> decided =
        claims.stream().filter(claim -> found.containsKey(claim.id())).toList();
    queue.recordKeyCollisions(
        decided.stream().filter(claim -> resolution(claim, found).collides()).toList());
    return decided.stream()
        .map(claim -> Outcome.withoutCall(claim, resolution(claim, found).decision()))
        .toList();
  }

  private static Resolution resolution(ClaimedItem claim, Map<Long, Resolution> found) {
    return Objects.requireNonNull(found.get(claim.id()));
  }

  private static List<Outcome> following(List<ClaimedItem> claims, List<ClaimedItem> flying) {
    Set<Long> up = flying.stream().map(ClaimedItem::id).collect(Collectors.toSet());
    return claims.stream()
        .filter(claim -> !up.contains(claim.id()))
        .map(
            claim -> Outcome.withoutCall(claim, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, SAFETY)))
        .toList();
  }

  private boolean isOfOtherContent(ClaimedItem claim, PriorResult before) {
    return before
        .fingerprint()
        .filter(
            content -> !content.equals(DedupKey.contentFingerprint(terms.of(claim.jobId()), claim)))
        .isPresent();
  }

  /** What follows from what is known; empty when the record must be asked about all the same. */
  private static Optional<Decision> decision(JobSpec job, ClaimedItem claim, PriorResult before) {
    return switch (before.state()) {
      case PROCESSED ->
          before
              .result()
              .map(result -> reused(job, claim, before, result))
              .orElseGet(() -> Optional.of(SkipReason.resultIsElsewhere(claim, before)));
      case FAILED ->
          // A failure of this very job is not retried for each record of the same content.
          before.at().isBefore(job.createdAt())
                  && (job.options().retryFailed() || isReadOtherwise(job, before))
              ? Optional.empty()
              : Optional.of(SkipReason.failedBefore(job, claim, before));
    };
  }

  /**
   * Whether the failed content would be read otherwise now. What was imported was not read here.
   */
  private static boolean isReadOtherwise(JobSpec job, PriorResult failed) {
    String now = Profiles.named(job.profile()).orElseThrow().proofVersion();
    return failed.fingerprint().isPresent() && !failed.proofVersion().equals(Optional.of(now));
  }

  /**
   * The answer of before, with this record's own copied fields and its own evidence, if this
   * record's text proves it. If not, a record known by its content is asked about: the rules were
   * others then. One known by its key is not, for its owner wants each key sent once.
   */
  private static Optional<Decision> reused(
      JobSpec job, ClaimedItem claim, PriorResult before, String result) {
    Profile profile = Profiles.named(job.profile()).orElseThrow();
    SourceRecord source = SourceRecord.of(claim.record());
    ObjectNode answer = (ObjectNode) RecordJson.read(result);
    Judgement judgement = profile.judge(answer, source, job.options().rulesOff());
    if (judgement instanceof Judgement.Accepted accepted) {
      return Optional.of(
          new Enhanced(
              RecordJson.write(profile.merge(source, answer)),
              before.model().orElse(null),
              true,
              OutcomePolicy.evidenceJson(accepted.evidence())));
    }
    return DedupKey.usesKey(job, claim)
        ? Optional.of(SkipReason.answerDoesNotFit(claim, before, judgement.violations()))
        : Optional.empty();
  }
}
