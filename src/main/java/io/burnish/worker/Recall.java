package io.burnish.worker;

import io.burnish.job.JobTerms;
import io.burnish.queue.ClaimedItem;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.KeyedContent;
import io.burnish.tracking.Known;
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
class Recall {

  private final Tracking tracking;
  private final Terms terms;

  Recall(Tracking tracking, Terms terms) {
    this.tracking = tracking;
    this.terms = terms;
  }

  /** Claims of which things are known in the same way are looked up together. */
  private record Way(String provider, String profile, boolean byKey) {}

  /** What is known of the claims, by item id; those nothing is known of are not in the map. */
  Map<Long, Known> known(List<ClaimedItem> claims) {
    Map<Way, List<ClaimedItem>> ways =
        claims.stream()
            .filter(claim -> claim.fingerprint() != null)
            .collect(Collectors.groupingBy(this::way));
    Map<Long, Known> known = new HashMap<>();
    ways.forEach(
        (way, alike) -> known.putAll(way.byKey() ? byKey(way, alike) : byContent(way, alike)));
    return known;
  }

  private Way way(ClaimedItem claim) {
    JobTerms job = terms.of(claim.jobId());
    return new Way(job.provider(), job.profile(), Identity.byKey(job, claim));
  }

  private Map<Long, Known> byContent(Way way, List<ClaimedItem> claims) {
    List<Fingerprint> contents =
        claims.stream()
            .map(claim -> Objects.requireNonNull(claim.fingerprint()))
            .distinct()
            .toList();
    Map<Fingerprint, Known> found = tracking.known(way.profile(), contents);
    Map<Long, Known> known = new HashMap<>();
    for (ClaimedItem claim : claims) {
      Known before = found.get(Objects.requireNonNull(claim.fingerprint()));
      if (before != null) {
        known.put(claim.id(), before);
      }
    }
    return known;
  }

  private Map<Long, Known> byKey(Way way, List<ClaimedItem> claims) {
    List<KeyedContent> wanted = new ArrayList<>();
    for (ClaimedItem claim : claims) {
      wanted.add(
          new KeyedContent(
              Objects.requireNonNull(claim.key()),
              Identity.content(terms.of(claim.jobId()), claim)));
    }
    Map<KeyedContent, Known> found = tracking.knownByKey(way.provider(), way.profile(), wanted);
    Map<Long, Known> known = new HashMap<>();
    for (int i = 0; i < claims.size(); i++) {
      Known before = found.get(wanted.get(i));
      if (before != null) {
        known.put(claims.get(i).id(), before);
      }
    }
    return known;
  }
}
