package io.burnish.attempt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.attempt.RecordHistory.Rejection;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.enhancement.Verdict.Unanswerable;
import io.burnish.models.ModelChain;
import io.burnish.profile.Evidence;
import io.burnish.profile.Violation;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Decision;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outcome of a record from the verdict on its answer. Reads no database. Thread-safe.
 */
@Singleton
public class OutcomePolicy {

  /** Characters kept of a rejected answer. Each claim of its record reads it, up to 40 times. */
  private static final int LONGEST_ANSWER = 4_000;

  private static final int LONGEST_ERROR = 500;
  private static final int MOST_ERRORS = 20;

  private final ModelChain chain;
  private final AttemptConfig config;

  /** End of the current {@code reaskGather} span, by {@link System#nanoTime}. */
  private final AtomicLong gatherEnd = new AtomicLong(System.nanoTime());

  OutcomePolicy(ModelChain chain, AttemptConfig config) {
    this.chain = chain;
    this.config = config;
  }

  /**
   * The call that brought an answer.
   *
   * @param callId its id in the ledger
   * @param model the model that answered
   * @param records number of records in the call
   */
  record AnsweredCall(UUID callId, String model, int records) {}

  /**
   * The outcome of a verdict; charges the record one attempt.
   *
   * @throws IllegalArgumentException for {@link Verdict.NotJudged}, which has no outcome
   */
  Outcome outcome(ClaimedItem item, Verdict verdict, AnsweredCall call) {
    if (verdict instanceof Accepted accepted) {
      return accepted(item, accepted, call);
    }
    if (verdict instanceof Unanswerable unanswerable) {
      return unanswerable(item, unanswerable, call);
    }
    if (verdict instanceof Rejected rejected) {
      return rejected(item, rejected, call);
    }
    throw new IllegalArgumentException("the answer was not judged");
  }

  private static Outcome accepted(ClaimedItem item, Accepted verdict, AnsweredCall call) {
    return new Outcome(
        item,
        new Enhanced(
            RecordJson.write(verdict.enhanced()),
            call.model(),
            false,
            evidenceJson(verdict.evidence())),
        Optional.of(new Judged(call.callId(), call.model(), true, List.of(), null)));
  }

  /** Evidence as the database stores it; null without evidence. */
  public static @Nullable String evidenceJson(Map<String, Evidence> evidence) {
    return evidence.isEmpty() ? null : RecordJson.write(Evidence.json(evidence));
  }

  /**
   * The answer says that the record does not name what is asked for, and is accepted. The record
   * fails, because no other answer could be accepted.
   */
  private static Outcome unanswerable(ClaimedItem item, Unanswerable verdict, AnsweredCall call) {
    Violation reason = verdict.reason();
    List<String> errors = List.of(bounded(reason.sentence(), LONGEST_ERROR));
    return new Outcome(
        item,
        failed(item, reason.rule(), errors, call.model()),
        Optional.of(
            new Judged(
                call.callId(),
                call.model(),
                true,
                errors,
                json(List.of(reason)),
                bounded(verdict.answer(), LONGEST_ANSWER))));
  }

  /**
   * The record is asked about again, unless it had all its attempts or no model is left that could
   * give another answer.
   */
  private Outcome rejected(ClaimedItem item, Rejected verdict, AnsweredCall call) {
    List<Violation> violations = verdict.violations().stream().limit(MOST_ERRORS).toList();
    List<String> errors =
        violations.stream().map(violation -> bounded(violation.sentence(), LONGEST_ERROR)).toList();
    List<String> codes = violations.stream().map(Violation::rule).toList();
    String answer = verdict.answer().map(text -> bounded(text, LONGEST_ANSWER)).orElse(null);
    RecordHistory history =
        RecordHistory.of(item)
            .and(new Rejection(call.model(), call.records(), answer, errors, codes));
    boolean reask =
        item.attempt() + 1 < config.maxAttempts() && !candidateModels(history).isEmpty();
    Decision decision =
        reask
            ? new Parked(WaitReason.REASK, untilGatherEnd())
            : new Failed(history.code(), history.allReasons(), call.model());
    return new Outcome(
        item,
        decision,
        Optional.of(
            new Judged(call.callId(), call.model(), false, errors, json(violations), answer)));
  }

  /** Code and evidence of each violation, in order; the sentences are stored separately. */
  private static String json(List<Violation> violations) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Violation violation : violations) {
      ObjectNode json = list.addObject().put("code", violation.rule());
      if (violation.evidence() != null) {
        json.set("evidence", violation.evidence().json());
      }
    }
    return RecordJson.write(list);
  }

  /** The start of a long text, with its length and a hash, so that equal texts stay equal. */
  private static String bounded(String text, int limit) {
    return text.length() <= limit
        ? text
        : text.substring(0, limit)
            + "… (%d characters, hash %x)".formatted(text.length(), text.hashCode());
  }

  /**
   * The models that may be asked about a record, in order of preference: all of the chain, but for
   * those that repeated a rejected answer or had {@code burnish.worker.tries-per-model}.
   */
  public List<String> candidateModels(RecordHistory history) {
    List<String> models = chain.models();
    Set<String> exhausted = history.exhausted(models, config.triesPerModel());
    return models.stream().filter(model -> !exhausted.contains(model)).toList();
  }

  /** The record fails with these reasons and those of its earlier attempts. */
  public static Failed failed(
      ClaimedItem item, String code, List<String> errors, @Nullable String model) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(RecordHistory.of(item).reasons());
    return new Failed(code, all, model);
  }

  /**
   * Re-asks that are due at the same time share a call, so that its instructions are paid once. The
   * first one starts a span of {@code burnish.worker.reask-gather}; all within it are due at its
   * end.
   */
  private Duration untilGatherEnd() {
    long now = System.nanoTime();
    long end =
        gatherEnd.updateAndGet(due -> due - now > 0 ? due : now + config.reaskGather().toNanos());
    return Duration.ofNanos(Math.max(0, end - now));
  }
}
