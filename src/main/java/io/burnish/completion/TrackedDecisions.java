package io.burnish.completion;

import io.burnish.dedup.DedupKey;
import io.burnish.dedup.JobSpecs;
import io.burnish.job.spec.JobSpec;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.tracking.decision.EnhancementKey;
import io.burnish.tracking.decision.TrackedDecision;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of outcomes is remembered in tracking. Thread-safe. */
@Singleton
class TrackedDecisions {

  private final JobSpecs specs;

  TrackedDecisions(JobSpecs specs) {
    this.specs = specs;
  }

  /** What of a batch is remembered, by item id. */
  record Of(Map<Long, TrackedDecision> decided, Map<Long, EnhancementKey> settled) {

    /** The decisions about these items, in the order of their ids. */
    List<TrackedDecision> decisions(Collection<Long> items) {
      return among(decided, items);
    }

    /** The keys that were settled with these items, in the order of their ids. */
    List<EnhancementKey> settledKeys(Collection<Long> items) {
      return among(settled, items);
    }

    private static <T> List<T> among(Map<Long, T> values, Collection<Long> items) {
      return items.stream()
          .filter(values::containsKey)
          .sorted()
          .map(values::get)
          .map(Objects::requireNonNull)
          .toList();
    }
  }

  /** Reads the jobs of the outcomes, if they are not known yet. */
  Of of(List<Outcome> outcomes) {
    Map<Long, TrackedDecision> decided = new HashMap<>();
    Map<Long, EnhancementKey> settled = new HashMap<>();
    for (Outcome outcome : outcomes) {
      decision(outcome).ifPresent(decision -> decided.put(outcome.item().id(), decision));
      settledKey(outcome).ifPresent(key -> settled.put(outcome.item().id(), key));
    }
    return new Of(decided, settled);
  }

  /** Of decisions that a judged answer led to. A reused result is known already. */
  private Optional<TrackedDecision> decision(Outcome outcome) {
    if (outcome.item().fingerprint() == null || outcome.judged().isEmpty()) {
      return Optional.empty();
    }
    if (outcome.decision() instanceof Enhanced enhanced) {
      return Optional.of(decision(outcome, enhanced.record(), null, List.of(), enhanced.model()));
    }
    if (outcome.decision() instanceof Failed givenUp) {
      return Optional.of(
          decision(outcome, null, givenUp.code(), givenUp.errors(), givenUp.model()));
    }
    return Optional.empty();
  }

  private TrackedDecision decision(
      Outcome outcome,
      @Nullable String result,
      @Nullable String code,
      List<String> errors,
      @Nullable String model) {
    JobSpec job = specs.of(outcome.item().jobId());
    return new TrackedDecision(
        job.scope(),
        job.profile(),
        DedupKey.contentFingerprint(job, outcome.item()),
        outcome.item().key(),
        result,
        code,
        errors,
        model,
        code == null ? null : Profiles.named(job.profile()).orElseThrow().proofVersion());
  }

  /** The key of a record whose content was decided for another record, now or before. */
  private Optional<EnhancementKey> settledKey(Outcome outcome) {
    ClaimedItem item = outcome.item();
    boolean settled =
        outcome.judged().isEmpty()
            && (outcome.decision() instanceof Enhanced || outcome.decision() instanceof Failed);
    if (!settled || item.key() == null || item.fingerprint() == null) {
      return Optional.empty();
    }
    JobSpec job = specs.of(item.jobId());
    return DedupKey.usesKey(job, item)
        ? Optional.empty()
        : Optional.of(
            new EnhancementKey(job.scope(), job.profile(), item.fingerprint(), item.key()));
  }
}
