package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.InternalErrors;
import io.burnish.dedup.JobSpecs;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Judges answers that an earlier claim paid for and could not complete. */
@Singleton
class StoredAnswers {

  private final CallAttempt attempt;
  private final JobSpecs specs;
  private final InternalErrors errors;

  StoredAnswers(CallAttempt attempt, JobSpecs specs, InternalErrors errors) {
    this.attempt = attempt;
    this.specs = specs;
    this.errors = errors;
  }

  /** Whether an answer about the item is stored and not judged yet. */
  static boolean isStored(ClaimedItem item) {
    return item.stored() != null;
  }

  /** The outcomes of items with a stored answer; one that is postponed has none. */
  List<Outcome> judge(List<ClaimedItem> items) {
    return items.stream().map(this::judge).flatMap(Optional::stream).toList();
  }

  private Optional<Outcome> judge(ClaimedItem item) {
    try {
      return Optional.of(attempt.judgeStored(item, specs.profile(item), specs.question(item)));
    } catch (RuntimeException | Error e) {
      return errors.postponeOrFail(item, e);
    }
  }
}
