package io.burnish.worker;

import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Decision;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Judged;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.RecordJson;
import io.burnish.validation.Violation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From what was thought of an answer to what becomes of its record. */
@Singleton
class Judging {

  private final ItemQueue queue;
  private final WorkerConfig config;

  Judging(ItemQueue queue, WorkerConfig config) {
    this.queue = queue;
    this.config = config;
  }

  /** The call that brought an answer, and who gave it. */
  record Answered(UUID callId, String model) {}

  /** The outcome of a judged answer; charges the record one attempt. */
  Outcome outcome(ClaimedItem item, Verdict verdict, Answered by) {
    if (verdict instanceof Accepted accepted) {
      return new Outcome(
          item,
          new Enhanced(RecordJson.write(accepted.enhanced()), by.model(), false),
          Optional.of(new Judged(by.callId(), by.model(), true, List.of())));
    }
    List<Violation> violations = ((Rejected) verdict).violations();
    List<String> errors = violations.stream().map(Violation::sentence).toList();
    Decision decision =
        item.attempt() + 1 < config.maxAttempts()
            ? new Parked(WaitReason.REASK, Duration.ZERO)
            : givenUp(item, violations.get(0).rule(), errors, by.model());
    return new Outcome(
        item, decision, Optional.of(new Judged(by.callId(), by.model(), false, errors)));
  }

  /** The outcome of a fault that the same request would always meet again. */
  Outcome givenUp(ClaimedItem item, String code, ProviderFault fault) {
    return Outcome.without(
        item, givenUp(item, code, List.of(String.valueOf(fault.getMessage())), fault.model()));
  }

  private GivenUp givenUp(ClaimedItem item, String code, List<String> errors, String model) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(queue.refusals(item.id()));
    return new GivenUp(code, all, model);
  }
}
