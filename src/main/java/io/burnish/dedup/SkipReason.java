package io.burnish.dedup;

import io.burnish.job.spec.JobSpec;
import io.burnish.profile.Violation;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.tracking.decision.PriorResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a record fails without a call. The texts say how to have it sent anyway; the codes are
 * stable.
 */
final class SkipReason {

  private SkipReason() {}

  /** The same content, or a record of the same key, failed before. */
  static Failed failedBefore(JobSpec job, ClaimedItem claim, PriorResult prior) {
    List<String> errors = new ArrayList<>();
    errors.add(
        "not sent: %s failed on %s; post it with options.retryFailed to have it sent again"
            .formatted(
                DedupKey.usesKey(job, claim)
                    ? "a record with the key \"%s\"".formatted(claim.key())
                    : "the same content",
                prior.at()));
    errors.addAll(prior.errors());
    return new Failed(
        prior.errorCode().orElse("failed_before"), errors, prior.model().orElse(null));
  }

  /** An imported state file lists the key as processed; the result is not in this database. */
  static Failed resultIsElsewhere(ClaimedItem claim, PriorResult prior) {
    return new Failed(
        "processed_before",
        List.of(
            ("not sent: the state file imported on %s lists the key \"%s\" as processed, so its result is in the"
                    + " enhanced_*.json that the old system wrote; to have it sent, post it with"
                    + " options.dedupe content, or forget the key with DELETE /tracking?key=%s")
                .formatted(
                    prior.at(),
                    claim.key(),
                    URLEncoder.encode(String.valueOf(claim.key()), StandardCharsets.UTF_8))),
        null);
  }

  /** The answer about the first record of the key does not hold for this one. */
  static Failed answerDoesNotFit(ClaimedItem claim, PriorResult prior, List<Violation> violations) {
    List<String> errors = new ArrayList<>();
    errors.add(
        ("not sent: another record with the key \"%s\" was processed on %s, and its answer does not hold for this"
                + " one; post it with options.dedupe content to have it sent")
            .formatted(claim.key(), prior.at()));
    violations.forEach(violation -> errors.add(violation.sentence()));
    return new Failed("key_processed_before", errors, prior.model().orElse(null));
  }
}
