package io.burnish.dedup;

import io.burnish.job.JobSpec;
import io.burnish.queue.ClaimedItem;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.KeyLookup;
import io.burnish.tracking.PriorResult;
import io.burnish.tracking.Tracking;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What tracking knows of claims: by their content, or by their key where the job wants it so. */
@Singleton
class PriorResults {

  private final Tracking tracking;
  private final JobSpecs terms;

  PriorResults(Tracking tracking, JobSpecs terms) {
    this.tracking = tracking;
    this.terms = terms;
  }

  /** Claims of which things are known in the same way are looked up together. */
  private record Way(String provider, String profile, boolean byKey) {}

  /** What is known of the claims, by item id; those nothing is known of are not in the map. */
  Map<Long, PriorResult> known(List<ClaimedItem> claims) {
    Map<Way, List<ClaimedItem>> ways =
        claims.stream()
            .filter(claim -> claim.fingerprint() != null)
            .collect(Collectors.groupingBy(this::way));
    Map<Long, PriorResult> known = new HashMap<>();
    ways.forEach(
        (way, alike) -> known.putAll(way.byKey() ? byKey(way, alike) : byContent(way, alike)));
    return known;
  }

  private Way way(ClaimedItem claim) {
    JobSpec job = terms.of(claim.jobId());
    return new Way(job.provider(), job.profile(), DedupKey.usesKey(job, claim));
  }

  private Map<Long, PriorResult> byContent(Way way, List<ClaimedItem> claims) {
    List<Fingerprint> contents =
        claims.stream()
            .map(claim -> Objects.requireNonNull(claim.fingerprint()))
            .distinct()
            .toList();
    Map<Fingerprint, PriorResult> found = tracking.priorResults(way.profile(), contents);
    Map<Long, PriorResult> known = new HashMap<>();
    for (ClaimedItem claim : claims) {
      PriorResult before = found.get(Objects.requireNonNull(claim.fingerprint()));
      if (before != null) {
        known.put(claim.id(), before);
      }
    }
    return known;
  }

  private Map<Long, PriorResult> byKey(Way way, List<ClaimedItem> claims) {
    List<KeyLookup> wanted = new ArrayList<>();
    for (ClaimedItem claim : claims) {
      wanted.add(
          new KeyLookup(
              Objects.requireNonNull(claim.key()),
              DedupKey.contentFingerprint(terms.of(claim.jobId()), claim)));
    }
    Map<KeyLookup, PriorResult> found =
        tracking.priorResultsByKey(way.provider(), way.profile(), wanted);
    Map<Long, PriorResult> known = new HashMap<>();
    for (int i = 0; i < claims.size(); i++) {
      PriorResult before = found.get(wanted.get(i));
      if (before != null) {
        known.put(claims.get(i).id(), before);
      }
    }
    return known;
  }
}
