package io.burnish.worker;

import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.job.JobTerms;
import io.burnish.models.CallRecord;
import io.burnish.models.ChatCall;
import io.burnish.models.ChatGateway;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelChain.Availability;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.CallUsage;
import io.burnish.queue.Outcome.Decision;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Judged;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.validation.Violation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a record, from the question to its outcome. No transaction is open while the
 * provider is asked. What the calls brought is handed to the ledger before anything is made of it.
 */
@Singleton
class Asking {

  private final ChatGateway gateway;
  private final ModelChain chain;
  private final Enhancer enhancer;
  private final ItemQueue queue;
  private final Terms terms;
  private final WorkerConfig config;
  private final Clock clock;

  Asking(
      ChatGateway gateway,
      ModelChain chain,
      Enhancer enhancer,
      ItemQueue queue,
      Terms terms,
      WorkerConfig config,
      Clock clock) {
    this.gateway = gateway;
    this.chain = chain;
    this.enhancer = enhancer;
    this.queue = queue;
    this.terms = terms;
    this.config = config;
    this.clock = clock;
  }

  /** Keeps what the calls brought; waits until it is kept. */
  @FunctionalInterface
  interface Keeping {
    void keep(List<LedgerEntry> calls);
  }

  /** Asks about a record. */
  Outcome ask(ClaimedItem item, Keeping ledger) {
    Optional<String> model = chain.first(item.attempt() / config.refusalsBeforeSwitch());
    if (model.isEmpty()) {
      return Outcome.without(item, wait(chain.availability()));
    }
    JobTerms job = terms.of(item.jobId());
    Profile profile = Profiles.named(job.profile()).orElseThrow();
    List<Question> questions =
        List.of(
            new Question(
                1, SourceRecord.of(item.record()), item.problems(), job.options().rulesOff()));
    ChatCall call = ChatCall.first(enhancer.prompt(profile, questions), model.get());
    try {
      ChatAnswer answer = gateway.complete(call);
      ledger.keep(entries(call, item));
      return judged(item, profile, questions, answer.content(), call);
    } catch (ProviderFault fault) {
      ledger.keep(entries(call, item));
      return faulted(item, profile, questions, fault, call);
    }
  }

  private Outcome judged(
      ClaimedItem item, Profile profile, List<Question> questions, String raw, ChatCall call) {
    Verdict verdict = enhancer.judge(profile, questions, raw).get(0);
    CallRecord last = call.calls().get(call.calls().size() - 1);
    if (verdict instanceof Accepted accepted) {
      return new Outcome(
          item,
          new Enhanced(RecordJson.write(accepted.enhanced()), last.model(), false),
          Optional.of(new Judged(last.id(), last.model(), true, List.of())),
          usage(call));
    }
    return refused(item, ((Rejected) verdict).violations(), last, call);
  }

  private Outcome refused(
      ClaimedItem item, List<Violation> violations, CallRecord last, ChatCall call) {
    List<String> errors = violations.stream().map(Violation::sentence).toList();
    Decision decision =
        item.attempt() + 1 < config.maxAttempts()
            ? new Parked(WaitReason.REASK, Duration.ZERO)
            : givenUp(item, violations.get(0).rule(), errors, last.model());
    return new Outcome(
        item,
        decision,
        Optional.of(new Judged(last.id(), last.model(), false, errors)),
        usage(call));
  }

  private GivenUp givenUp(ClaimedItem item, String code, List<String> errors, String model) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(queue.refusals(item.id()));
    return new GivenUp(code, all, model);
  }

  private Outcome faulted(
      ClaimedItem item,
      Profile profile,
      List<Question> questions,
      ProviderFault fault,
      ChatCall call) {
    return switch (fault.kind()) {
      case THROTTLED -> parked(item, WaitReason.QUOTA, call);
      case OVERLOADED, UNREACHABLE -> parked(item, WaitReason.BACKOFF, call);
      case GONE -> parked(item, WaitReason.OUTAGE, call);
      case REFUSED ->
          fault.accountAtFault()
              ? parked(item, WaitReason.OUTAGE, call)
              : failed(item, "provider_refused", fault, call);
      case TOO_LARGE -> failed(item, "too_large", fault, call);
      case TRUNCATED, UNUSABLE ->
          fault
              .failedGeneration()
              .map(text -> judged(item, profile, questions, text, call))
              .orElseGet(() -> unusable(item, fault, call));
    };
  }

  private Outcome unusable(ClaimedItem item, ProviderFault fault, ChatCall call) {
    return refused(
        item,
        List.of(new Violation("answer_unusable", String.valueOf(fault.getMessage()))),
        call.calls().get(call.calls().size() - 1),
        call);
  }

  private Outcome failed(ClaimedItem item, String code, ProviderFault fault, ChatCall call) {
    return new Outcome(
        item,
        givenUp(item, code, List.of(String.valueOf(fault.getMessage())), fault.model()),
        Optional.empty(),
        usage(call));
  }

  private Outcome parked(ClaimedItem item, WaitReason reason, ChatCall call) {
    Duration until = Duration.between(clock.instant(), chain.availability().until());
    return new Outcome(
        item,
        new Parked(reason, until.isNegative() ? Duration.ZERO : until),
        Optional.empty(),
        usage(call));
  }

  private Parked wait(Availability availability) {
    Duration until = Duration.between(clock.instant(), availability.until());
    return new Parked(
        availability.everybodyGone() ? WaitReason.OUTAGE : WaitReason.QUOTA,
        until.isNegative() ? Duration.ZERO : until);
  }

  private static List<CallUsage> usage(ChatCall call) {
    return call.calls().stream()
        .map(
            made ->
                new CallUsage(
                    made.model(),
                    made.answer().map(ChatAnswer::promptTokens).orElse(0),
                    made.answer().map(ChatAnswer::completionTokens).orElse(0),
                    made.answer().map(ChatAnswer::cachedTokens).orElse(0)))
        .toList();
  }

  private static List<LedgerEntry> entries(ChatCall call, ClaimedItem item) {
    return call.calls().stream().map(made -> entry(made, item)).toList();
  }

  private static LedgerEntry entry(CallRecord made, ClaimedItem item) {
    Optional<ChatAnswer> answer = made.answer();
    Optional<ProviderFault> fault = made.fault();
    return new LedgerEntry(
        made.id(),
        List.of(item),
        made.model(),
        fault.map(f -> f.kind().word()).orElse("answered"),
        fault.map(ProviderFault::httpStatus).orElse(200),
        answer.map(ChatAnswer::promptTokens).orElse(0),
        answer.map(ChatAnswer::completionTokens).orElse(0),
        answer.map(ChatAnswer::cachedTokens).orElse(0),
        (int) made.latency().toMillis(),
        answer.map(ChatAnswer::requestId).orElse(null),
        fault.map(Throwable::getMessage).orElse(null),
        answer
            .map(ChatAnswer::content)
            .or(() -> fault.flatMap(ProviderFault::failedGeneration))
            .orElse(null));
  }
}
