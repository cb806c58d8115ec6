package io.burnish.dedup;

import io.burnish.job.spec.JobSpec;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.Tracking;
import io.burnish.tracking.decision.KeyLookup;
import io.burnish.tracking.decision.PriorResult;
import io.burnish.tracking.decision.TrackingScope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up earlier results of claims in tracking, by content or by key as their job says. */
@Singleton
class PriorResults {

  private final Tracking tracking;
  private final JobSpecs jobSpecs;

  PriorResults(Tracking tracking, JobSpecs jobSpecs) {
    this.tracking = tracking;
    this.jobSpecs = jobSpecs;
  }

  /** Claims that are looked up together. */
  private record Alike(TrackingScope scope, String profile, boolean byKey) {}

  /** The earlier results of claims by item id; claims without one are not in the map. */
  Map<Long, PriorResult> known(List<ClaimedItem> claims) {
    return known(claims, claim -> jobSpecs.of(claim.jobId()));
  }

  /** The same for items whose jobs are these. */
  Map<Long, PriorResult> known(List<ClaimedItem> claims, Function<ClaimedItem, JobSpec> jobOf) {
    Map<Alike, List<ClaimedItem>> groups =
        claims.stream()
            .filter(claim -> claim.fingerprint() != null)
            .collect(Collectors.groupingBy(claim -> alike(jobOf.apply(claim), claim)));
    Map<Long, PriorResult> known = new HashMap<>();
    groups.forEach(
        (alike, group) ->
            known.putAll(alike.byKey() ? byKey(alike, group, jobOf) : byContent(alike, group)));
    return known;
  }

  private static Alike alike(JobSpec job, ClaimedItem claim) {
    return new Alike(job.scope(), job.profile(), DedupKey.usesKey(job, claim));
  }

  private Map<Long, PriorResult> byContent(Alike alike, List<ClaimedItem> claims) {
    List<Fingerprint> contents =
        claims.stream()
            .map(claim -> Objects.requireNonNull(claim.fingerprint()))
            .distinct()
            .toList();
    Map<Fingerprint, PriorResult> found = tracking.priorResults(alike.profile(), contents);
    Map<Long, PriorResult> known = new HashMap<>();
    for (ClaimedItem claim : claims) {
      PriorResult prior = found.get(Objects.requireNonNull(claim.fingerprint()));
      if (prior != null) {
        known.put(claim.id(), prior);
      }
    }
    return known;
  }

  private Map<Long, PriorResult> byKey(
      Alike alike, List<ClaimedItem> claims, Function<ClaimedItem, JobSpec> jobOf) {
    List<KeyLookup> lookups = new ArrayList<>();
    for (ClaimedItem claim : claims) {
      lookups.add(
          new KeyLookup(
              Objects.requireNonNull(claim.key()),
              DedupKey.contentFingerprint(jobOf.apply(claim), claim)));
    }
    Map<KeyLookup, PriorResult> found =
        tracking.priorResultsByKey(alike.scope(), alike.profile(), lookups);
    Map<Long, PriorResult> known = new HashMap<>();
    for (int i = 0; i < claims.size(); i++) {
      PriorResult prior = found.get(lookups.get(i));
      if (prior != null) {
        known.put(claims.get(i).id(), prior);
      }
    }
    return known;
  }
}
