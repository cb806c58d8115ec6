package io.burnish.attempt;

import io.burnish.models.CallRecord;
import io.burnish.models.ChatCall;
import io.burnish.models.ModelChain;
import io.burnish.provider.ProviderFault;
import io.burnish.provider.ProviderFault.Kind;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.PastCall;
import io.burnish.queue.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Decides what becomes of the records of a call that brought no answer. A fault of the provider or
 * of the account makes them wait and costs them nothing. A record fails only where the evidence is
 * against it: its call fails although it is alone in it, and the model answers others. To get
 * there, a pack that fails as a whole is halved. Thread-safe.
 */
@Singleton
public class FaultPolicy {

  /** Time-outs of a record alone, while the model answers others, after which it fails. */
  private static final int TIMEOUTS_ALONE = 3;

  /** The same while nothing shows that the model answers others. */
  private static final int TIMEOUTS_WITHOUT_EVIDENCE = 6;

  /** Failed tries in a row after which a pack is halved, if the model answers others meanwhile. */
  private static final int FAILURES_IN_COMPANY = 3;

  /** Failed tries in a row of a record alone after which it fails, if the model answers others. */
  private static final int FAILURES_ALONE = 5;

  /** Refusals of a record alone, by a model that answers nothing, after which it fails. */
  private static final int REFUSALS_WITHOUT_EVIDENCE = 3;

  /** They must be spread over so long: a provider that refuses everything recovers sooner. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(30);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int DOUBLINGS = 6;

  private static final Set<String> FAILURES =
      Set.of(Kind.OVERLOADED.word(), Kind.UNREACHABLE.word(), Kind.TIMED_OUT.word());
  private static final Set<String> REFUSALS = Set.of(Kind.REFUSED.word(), Kind.UNSUPPORTED.word());

  /** Outcomes of calls that were, or may have been, paid for. */
  private static final Set<String> PAID =
      Set.of("answered", Kind.TIMED_OUT.word(), Kind.TRUNCATED.word(), Kind.UNUSABLE.word());

  private final ModelChain chain;
  private final AttemptConfig config;

  FaultPolicy(ModelChain chain, AttemptConfig config) {
    this.chain = chain;
    this.config = config;
  }

  /**
   * The outcomes of all records of a pack.
   *
   * @param fault of the last model that was asked; of any kind but those that brought text
   * @param call the call, with every HTTP call that was made for it
   */
  List<Outcome> outcomes(Pack pack, ProviderFault fault, ChatCall call) {
    return switch (fault.kind()) {
      case THROTTLED -> parked(pack, WaitReason.QUOTA, chain.waitAfter(fault));
      case GONE -> parked(pack, WaitReason.OUTAGE, chain.waitAfter(fault));
      case REFUSED, UNSUPPORTED ->
          fault.accountAtFault()
              ? parked(pack, WaitReason.OUTAGE, chain.waitAfter(fault))
              : refused(pack, fault, call);
      case TOO_LARGE -> splitOrGiveUp(pack, "too_large", fault);
      case TIMED_OUT -> timedOut(pack, fault, call);
      case OVERLOADED, UNREACHABLE -> failed(pack, fault);
      case TRUNCATED, UNUSABLE ->
          throw new IllegalArgumentException("the call brought text", fault);
    };
  }

  /** A pack is asked about in two halves; a record alone fails. */
  List<Outcome> splitOrGiveUp(Pack pack, String code, ProviderFault fault) {
    return pack.size() > 1 ? split(pack) : List.of(failed(pack.items().get(0), code, fault));
  }

  /** Charges nobody. */
  public List<Outcome> split(Pack pack) {
    int half = Math.max(1, (pack.size() + 1) / 2);
    return pack.items().stream()
        .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.REASK, Duration.ZERO, half)))
        .map(this::withinItsCalls)
        .toList();
  }

  private List<Outcome> refused(Pack pack, ProviderFault fault, ChatCall call) {
    boolean others = answersOthers(call);
    ClaimedItem first = pack.items().get(0);
    int before =
        pack.items().stream().mapToInt(i -> rounds(i, REFUSALS, pack.size())).min().orElse(0);
    if (pack.size() > 1) {
      return others || before > 0 ? split(pack) : backOff(pack, fault, before);
    }
    boolean always =
        before + 1 >= REFUSALS_WITHOUT_EVIDENCE
            && since(first, REFUSALS).compareTo(REFUSED_FOR) >= 0;
    return others || always
        ? List.of(failed(first, "provider_refused", fault))
        : backOff(pack, fault, before);
  }

  private List<Outcome> timedOut(Pack pack, ProviderFault fault, ChatCall call) {
    if (pack.size() > 1) {
      return split(pack);
    }
    ClaimedItem item = pack.items().get(0);
    long now =
        call.calls().stream()
            .filter(made -> made.fault().filter(FaultPolicy::isTimeOut).isPresent())
            .count();
    long before =
        item.history().stream()
            .filter(past -> past.records() == 1 && past.outcome().equals(Kind.TIMED_OUT.word()))
            .count();
    long enough = answersOthers(call) ? TIMEOUTS_ALONE : TIMEOUTS_WITHOUT_EVIDENCE;
    return before + now >= enough
        ? List.of(failed(item, "timed_out", fault))
        : backOff(pack, fault, (int) before);
  }

  private static boolean isTimeOut(ProviderFault fault) {
    return fault.kind() == Kind.TIMED_OUT;
  }

  private List<Outcome> failed(Pack pack, ProviderFault fault) {
    boolean others =
        pack.items().stream()
            .allMatch(item -> chain.answeredWithin(fault.model(), sinceLast(item, FAILURES)));
    int before =
        pack.items().stream().mapToInt(i -> rounds(i, FAILURES, pack.size())).min().orElse(0);
    if (others && pack.size() > 1 && before + 1 >= FAILURES_IN_COMPANY) {
      return split(pack);
    }
    if (others && pack.size() == 1 && before + 1 >= FAILURES_ALONE) {
      return List.of(failed(pack.items().get(0), "provider_error", fault));
    }
    return parked(pack, WaitReason.BACKOFF, chain.waitAfter(fault));
  }

  /** Whether one of the models that were asked answers other calls. */
  private boolean answersOthers(ChatCall call) {
    return call.calls().stream().map(CallRecord::model).anyMatch(chain::answeredRecently);
  }

  /**
   * How many claims of an item ended so, one after the other, up to now: of those in such company
   * or in smaller.
   */
  private static int rounds(ClaimedItem item, Set<String> outcomes, int records) {
    List<PastCall> calls = item.history();
    int from = calls.size();
    while (from > 0 && outcomes.contains(calls.get(from - 1).outcome())) {
      from--;
    }
    return (int)
        calls.subList(from, calls.size()).stream()
            .filter(call -> call.records() <= records)
            .map(PastCall::fence)
            .distinct()
            .count();
  }

  /** How long ago the first of an item's calls alone ended so; zero when none did. */
  private static Duration since(ClaimedItem item, Set<String> outcomes) {
    return item.history().stream()
        .filter(call -> call.records() == 1 && outcomes.contains(call.outcome()))
        .map(PastCall::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** How long ago the last of an item's calls ended so; zero when none did. */
  private static Duration sinceLast(ClaimedItem item, Set<String> outcomes) {
    return item.history().stream()
        .filter(call -> outcomes.contains(call.outcome()))
        .map(PastCall::age)
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private List<Outcome> backOff(Pack pack, ProviderFault fault, int before) {
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(before, DOUBLINGS));
    Duration wait = chain.waitAfter(fault);
    return parked(pack, WaitReason.BACKOFF, wait.compareTo(backoff) > 0 ? wait : backoff);
  }

  private List<Outcome> parked(Pack pack, WaitReason reason, Duration wait) {
    return pack.items().stream()
        .map(item -> Outcome.withoutCall(item, new Parked(reason, wait)))
        .map(this::withinItsCalls)
        .toList();
  }

  /** A record that was paid for as often as is allowed fails instead. */
  private Outcome withinItsCalls(Outcome parked) {
    ClaimedItem item = parked.item();
    long paid = item.history().stream().filter(call -> PAID.contains(call.outcome())).count();
    if (paid + 1 < config.maxCalls()) {
      return parked;
    }
    String why =
        "%d calls about the record were paid for, as many as burnish.worker.max-calls allows"
            .formatted(paid);
    String model = item.history().get(item.history().size() - 1).model();
    return Outcome.withoutCall(
        item, OutcomePolicy.failed(item, "call_limit_reached", List.of(why), model));
  }

  /** The outcome of a fault that the same request would meet again. */
  Outcome failed(ClaimedItem item, String code, ProviderFault fault) {
    return Outcome.withoutCall(
        item,
        OutcomePolicy.failed(
            item, code, List.of(String.valueOf(fault.getMessage())), fault.model()));
  }
}
