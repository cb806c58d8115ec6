package io.burnish.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.job.JobTerms;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.tracking.Known;
import io.burnish.tracking.Tracking;
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

/**
 * Finds out which claims need no call: their content was decided before, or is being asked about
 * just now.
 */
@Singleton
class Reuse {

  /**
   * A follower is woken when its flight lands; this is for the case that nobody is left to wake it.
   */
  private static final Duration SAFETY = Duration.ofSeconds(30);

  private final ItemQueue queue;
  private final Tracking tracking;
  private final Terms terms;

  Reuse(ItemQueue queue, Tracking tracking, Terms terms) {
    this.queue = queue;
    this.tracking = tracking;
    this.terms = terms;
  }

  /**
   * Claims, told apart.
   *
   * @param toAsk those that a call must be made for
   * @param decided outcomes of the others
   */
  record Sorted(List<ClaimedItem> toAsk, List<Outcome> decided) {}

  /**
   * Tells apart which of the claims need a call. Looks at what is known only after taking off: what
   * landed in between is known then.
   */
  Sorted sort(List<ClaimedItem> claims) {
    List<ClaimedItem> flying = queue.takeOff(claims);
    List<Outcome> decided = new ArrayList<>();
    Set<Long> up = flying.stream().map(ClaimedItem::id).collect(Collectors.toSet());
    claims.stream()
        .filter(claim -> !up.contains(claim.id()))
        .map(claim -> Outcome.without(claim, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, SAFETY)))
        .forEach(decided::add);
    Map<Fingerprint, Known> known = known(flying);
    List<ClaimedItem> toAsk = new ArrayList<>();
    for (ClaimedItem claim : flying) {
      Optional.ofNullable(claim.fingerprint())
          .flatMap(fingerprint -> Optional.ofNullable(known.get(fingerprint)))
          .flatMap(before -> reuse(claim, before))
          .ifPresentOrElse(decided::add, () -> toAsk.add(claim));
    }
    return new Sorted(toAsk, decided);
  }

  private Map<Fingerprint, Known> known(List<ClaimedItem> claims) {
    Map<String, Set<Fingerprint>> byProfile = new HashMap<>();
    claims.stream()
        .filter(claim -> claim.fingerprint() != null)
        .forEach(
            claim ->
                byProfile
                    .computeIfAbsent(terms.of(claim.jobId()).profile(), p -> new HashSet<>())
                    .add(Objects.requireNonNull(claim.fingerprint())));
    Map<Fingerprint, Known> known = new HashMap<>();
    byProfile.forEach((profile, prints) -> known.putAll(tracking.known(profile, prints)));
    return known;
  }

  /**
   * The outcome that follows from what is known, or empty when the record must be asked about all
   * the same.
   */
  private Optional<Outcome> reuse(ClaimedItem claim, Known before) {
    JobTerms job = terms.of(claim.jobId());
    if (!before.processed()) {
      return job.options().retryFailed()
          ? Optional.empty()
          : Optional.of(Outcome.without(claim, failedBefore(before)));
    }
    Profile profile = Profiles.named(job.profile()).orElseThrow();
    SourceRecord source = SourceRecord.of(claim.record());
    ObjectNode answer = (ObjectNode) RecordJson.read(before.result().orElseThrow());
    if (!profile.check(answer, source, job.options().rulesOff()).isEmpty()) {
      return Optional.empty();
    }
    String enhanced = RecordJson.write(profile.merge(source, answer));
    return Optional.of(
        Outcome.without(claim, new Enhanced(enhanced, before.model().orElse(null), true)));
  }

  private static GivenUp failedBefore(Known before) {
    List<String> errors = new ArrayList<>();
    errors.add(
        "not sent: the same content failed on %s; post it with options.retryFailed to have it sent again"
            .formatted(before.at()));
    errors.addAll(before.errors());
    return new GivenUp(
        before.errorCode().orElse("failed_before"), errors, before.model().orElse(null));
  }
}
