package io.burnish.attempt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.attempt.RecordHistory.Refusal;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.enhancement.Verdict.Unanswerable;
import io.burnish.models.ModelChain;
import io.burnish.profile.Evidence;
import io.burnish.profile.Violation;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Decision;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.Failed;
import io.burnish.queue.Outcome.Judged;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
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

/** Decides what becomes of a record whose answer was judged. Reads no database. Thread-safe. */
@Singleton
public class OutcomePolicy {

  /** What is kept of a refused answer is read with each claim of its record, 40 times at most. */
  private static final int LONGEST_ANSWER = 4_000;

  private static final int LONGEST_ERROR = 500;
  private static final int MOST_ERRORS = 20;

  private final ModelChain chain;
  private final AttemptConfig config;

  /** When the last span of gathering ends, by {@link System#nanoTime}. */
  private final AtomicLong gathered = new AtomicLong(System.nanoTime());

  OutcomePolicy(ModelChain chain, AttemptConfig config) {
    this.chain = chain;
    this.config = config;
  }

  /**
   * The call that brought an answer.
   *
   * @param callId its id in the ledger
   * @param model the model that answered
   * @param records how many records the call was about
   */
  record AnsweredCall(UUID callId, String model, int records) {}

  /** The outcome of an accepted answer; charges the record one attempt. */
  Outcome accepted(ClaimedItem item, Accepted verdict, AnsweredCall by) {
    return new Outcome(
        item,
        new Enhanced(
            RecordJson.write(verdict.enhanced()),
            by.model(),
            false,
            evidenceJson(verdict.evidence())),
        Optional.of(new Judged(by.callId(), by.model(), true, List.of(), null)));
  }

  /** Evidence as it is stored; null when there is none. */
  public static @Nullable String evidenceJson(Map<String, Evidence> evidence) {
    return evidence.isEmpty() ? null : RecordJson.write(Evidence.json(evidence));
  }

  /**
   * The outcome of an answer that says that there is nothing to answer, and is believed; charges
   * the record one attempt. The record fails: no other answer could be accepted.
   */
  Outcome unanswerable(ClaimedItem item, Unanswerable verdict, AnsweredCall by) {
    Violation reason = verdict.reason();
    List<String> errors = List.of(bounded(reason.sentence(), LONGEST_ERROR));
    return new Outcome(
        item,
        failed(item, reason.rule(), errors, by.model()),
        Optional.of(
            new Judged(
                by.callId(),
                by.model(),
                true,
                errors,
                json(List.of(reason)),
                bounded(verdict.answer(), LONGEST_ANSWER))));
  }

  /**
   * The outcome of a refused answer; charges the record one attempt. The record is asked about
   * again, unless it had all its attempts, or no model is left that could give another answer.
   */
  Outcome refused(ClaimedItem item, Rejected verdict, AnsweredCall by) {
    List<Violation> told = verdict.violations().stream().limit(MOST_ERRORS).toList();
    List<String> errors =
        told.stream().map(violation -> bounded(violation.sentence(), LONGEST_ERROR)).toList();
    List<String> codes = told.stream().map(Violation::rule).toList();
    String answer = verdict.answer().map(text -> bounded(text, LONGEST_ANSWER)).orElse(null);
    RecordHistory history =
        RecordHistory.of(item).and(new Refusal(by.model(), by.records(), answer, errors, codes));
    boolean again =
        item.attempt() + 1 < config.maxAttempts() && !candidateModels(history).isEmpty();
    Decision decision =
        again
            ? new Parked(WaitReason.REASK, untilGathered())
            : new Failed(history.code(), history.allReasons(), by.model());
    return new Outcome(
        item,
        decision,
        Optional.of(new Judged(by.callId(), by.model(), false, errors, json(told), answer)));
  }

  /** Code and evidence of each, in their order; the sentences are stored beside them. */
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

  /** The beginning of a long text, its length and a hash of it all, so that it is known again. */
  private static String bounded(String text, int limit) {
    return text.length() <= limit
        ? text
        : text.substring(0, limit)
            + "… (%d characters, hash %x)".formatted(text.length(), text.hashCode());
  }

  /**
   * The models that may be asked about a record, in order of preference: those of the chain that
   * neither repeated a refused answer nor had their tries.
   */
  public List<String> candidateModels(RecordHistory history) {
    List<String> models = chain.models();
    Set<String> exhausted = history.exhausted(models, config.triesPerModel());
    return models.stream().filter(model -> !exhausted.contains(model)).toList();
  }

  /** The record fails, with the reason and with those of each attempt before. */
  public static Failed failed(
      ClaimedItem item, String code, List<String> errors, @Nullable String model) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(RecordHistory.of(item).reasons());
    return new Failed(code, all, model);
  }

  /**
   * Re-asks that fall due together travel in one call, so that its instructions are paid once. The
   * first one opens a span of time; those that come within it fall due at its end.
   */
  private Duration untilGathered() {
    long now = System.nanoTime();
    long end =
        gathered.updateAndGet(due -> due - now > 0 ? due : now + config.reaskGather().toNanos());
    return Duration.ofNanos(Math.max(0, end - now));
  }
}
