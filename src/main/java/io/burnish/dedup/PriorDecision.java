package io.burnish.dedup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.job.spec.JobSpec;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome.Decision;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.tracking.decision.PriorResult;
import java.util.Optional;

/** What the earlier result of a record means for a claim of the same record. */
final class PriorDecision {

  private PriorDecision() {}

  /** The decision that follows from an earlier result; empty when the claim still needs a call. */
  static Optional<Decision> of(JobSpec job, ClaimedItem claim, PriorResult prior) {
    return switch (prior.state()) {
      case PROCESSED ->
          prior
              .result()
              .map(result -> reuse(job, claim, prior, result))
              .orElseGet(() -> Optional.of(SkipReason.resultIsElsewhere(claim, prior)));
      case FAILED ->
          isRetried(job, prior)
              ? Optional.empty()
              : Optional.of(SkipReason.failedBefore(job, claim, prior));
    };
  }

  /** A failure of the same job is not retried for each further record of the same content. */
  private static boolean isRetried(JobSpec job, PriorResult failure) {
    return failure.at().isBefore(job.createdAt())
        && (job.options().retryFailed() || isOfOtherProof(job, failure));
  }

  /** Whether other rules judged the failed content. An imported failure was not judged here. */
  private static boolean isOfOtherProof(JobSpec job, PriorResult failure) {
    String proofVersion = Profiles.named(job.profile()).orElseThrow().proofVersion();
    return failure.fingerprint().isPresent()
        && !failure.proofVersion().equals(Optional.of(proofVersion));
  }

  /**
   * The earlier answer with the copied fields and the evidence of this record, if this record
   * proves it. Otherwise a record found by its content needs a call, because the rules have changed
   * since. A record found by its key fails, because each key is sent once.
   */
  private static Optional<Decision> reuse(
      JobSpec job, ClaimedItem claim, PriorResult prior, String result) {
    Profile profile = Profiles.named(job.profile()).orElseThrow();
    SourceRecord source = SourceRecord.of(claim.record());
    ObjectNode answer = (ObjectNode) RecordJson.read(result);
    Judgement judgement = profile.judge(answer, source, job.rulesOff(claim));
    if (judgement instanceof Judgement.Accepted accepted) {
      return Optional.of(
          new Enhanced(
              RecordJson.write(profile.merge(source, answer)),
              prior.model().orElse(null),
              true,
              OutcomePolicy.evidenceJson(accepted.evidence())));
    }
    return DedupKey.usesKey(job, claim)
        ? Optional.of(SkipReason.answerDoesNotFit(claim, prior, judgement.violations()))
        : Optional.empty();
  }
}
