package io.burnish.attempt;

import io.burnish.models.ModelChain;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Decides the outcome of each record of a call that brought no answer. A fault of the provider or
 * of the account parks the records and charges no attempt. A record fails only when the evidence is
 * against it: its call fails although it is alone in it, and the model answers other calls. A pack
 * that fails as a whole is halved until its records are alone. Thread-safe.
 */
@Singleton
public class FaultPolicy {

  /** Timeouts of a record alone, while the model answers other calls, after which it fails. */
  private static final int TIMEOUTS_ALONE = 3;

  /** The same while no other call shows that the model answers. */
  private static final int TIMEOUTS_WITHOUT_EVIDENCE = 6;

  /** Consecutive failures after which a pack is halved, if the model answers other calls. */
  private static final int FAILURES_OF_A_PACK = 3;

  /** Consecutive failures of a record alone after which it fails, if the model answers others. */
  private static final int FAILURES_ALONE = 5;

  /** Refusals of a record alone, by a model that answers no other call, after which it fails. */
  private static final int REFUSALS_WITHOUT_EVIDENCE = 3;

  /** Shortest span of these refusals: a provider that refuses every call recovers sooner. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(30);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  private static final Set<String> FAILURES =
      Set.of(Kind.OVERLOADED.word(), Kind.UNREACHABLE.word(), Kind.TIMED_OUT.word());
  private static final Set<String> REFUSALS = Set.of(Kind.REFUSED.word(), Kind.UNSUPPORTED.word());

  private final ModelChain chain;
  private final AttemptConfig config;

  FaultPolicy(ModelChain chain, AttemptConfig config) {
    this.chain = chain;
    this.config = config;
  }

  /**
   * The outcomes of all records of a pack.
   *
   * @param fault of the last model that was asked
   * @param call the call, with every HTTP call that was made for it
   * @throws IllegalArgumentException when the fault is of a kind that brought text
   */
  List<Outcome> outcomes(Pack pack, ProviderFault fault, ChatCall call) {
    return switch (fault.kind()) {
      case THROTTLED -> parked(pack, WaitReason.QUOTA, chain.waitAfter(fault));
      case GONE -> parked(pack, WaitReason.OUTAGE, chain.waitAfter(fault));
      case REFUSED, UNSUPPORTED ->
          fault.accountAtFault()
              ? parked(pack, WaitReason.OUTAGE, chain.waitAfter(fault))
              : refused(pack, fault, call);
      case TOO_LARGE ->
          pack.size() > 1 ? split(pack) : List.of(failed(pack.items().get(0), "too_large", fault));
      case TIMED_OUT -> timedOut(pack, fault, call);
      case OVERLOADED, UNREACHABLE -> failed(pack, fault);
      case TRUNCATED, UNUSABLE ->
          throw new IllegalArgumentException("the call brought text", fault);
    };
  }

  /** The records are retried in packs of half the size; charges no attempt. */
  List<Outcome> split(Pack pack) {
    int half = Math.max(1, (pack.size() + 1) / 2);
    return pack.items().stream()
        .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.REASK, Duration.ZERO, half)))
        .map(this::withinMaxCalls)
        .toList();
  }

  private List<Outcome> refused(Pack pack, ProviderFault fault, ChatCall call) {
    boolean answersOthers = answersOthers(call);
    int earlier = claimsInARow(pack, REFUSALS);
    if (pack.size() > 1) {
      return answersOthers || earlier > 0 ? split(pack) : backOff(pack, fault, earlier);
    }
    ClaimedItem item = pack.items().get(0);
    boolean alwaysRefused =
        earlier + 1 >= REFUSALS_WITHOUT_EVIDENCE
            && CallHistory.of(item).sinceFirstAlone(REFUSALS).compareTo(REFUSED_FOR) >= 0;
    return answersOthers || alwaysRefused
        ? List.of(failed(item, "provider_refused", fault))
        : backOff(pack, fault, earlier);
  }

  private List<Outcome> timedOut(Pack pack, ProviderFault fault, ChatCall call) {
    if (pack.size() > 1) {
      return split(pack);
    }
    ClaimedItem item = pack.items().get(0);
    long earlier = CallHistory.of(item).timeoutsAlone();
    long now =
        call.calls().stream()
            .filter(made -> made.fault().filter(FaultPolicy::isTimeout).isPresent())
            .count();
    long limit = answersOthers(call) ? TIMEOUTS_ALONE : TIMEOUTS_WITHOUT_EVIDENCE;
    return earlier + now >= limit
        ? List.of(failed(item, "timed_out", fault))
        : backOff(pack, fault, (int) earlier);
  }

  private static boolean isTimeout(ProviderFault fault) {
    return fault.kind() == Kind.TIMED_OUT;
  }

  private List<Outcome> failed(Pack pack, ProviderFault fault) {
    boolean answersOthers =
        pack.items().stream()
            .map(item -> CallHistory.of(item).sinceLast(FAILURES))
            .allMatch(since -> chain.answeredWithin(fault.model(), since));
    int failures = claimsInARow(pack, FAILURES) + 1;
    if (answersOthers && pack.size() > 1 && failures >= FAILURES_OF_A_PACK) {
      return split(pack);
    }
    if (answersOthers && pack.size() == 1 && failures >= FAILURES_ALONE) {
      return List.of(failed(pack.items().get(0), "provider_error", fault));
    }
    return parked(pack, WaitReason.BACKOFF, chain.waitAfter(fault));
  }

  /** Whether one of the models that were asked answers other calls. */
  private boolean answersOthers(ChatCall call) {
    return call.calls().stream().map(CallRecord::model).anyMatch(chain::answeredRecently);
  }

  /** The fewest of any record, in packs of this size or smaller. */
  private static int claimsInARow(Pack pack, Set<String> outcomes) {
    return pack.items().stream()
        .mapToInt(item -> CallHistory.of(item).claimsInARow(outcomes, pack.size()))
        .min()
        .orElse(0);
  }

  private List<Outcome> backOff(Pack pack, ProviderFault fault, int earlier) {
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(earlier, MOST_DOUBLINGS));
    Duration wait = chain.waitAfter(fault);
    return parked(pack, WaitReason.BACKOFF, wait.compareTo(backoff) > 0 ? wait : backoff);
  }

  private List<Outcome> parked(Pack pack, WaitReason reason, Duration wait) {
    return pack.items().stream()
        .map(item -> Outcome.withoutCall(item, new Parked(reason, wait)))
        .map(this::withinMaxCalls)
        .toList();
  }

  /** A record with {@code burnish.worker.max-calls} paid calls fails instead of being parked. */
  private Outcome withinMaxCalls(Outcome parked) {
    ClaimedItem item = parked.item();
    CallHistory history = CallHistory.of(item);
    long paid = history.paid();
    if (paid + 1 < config.maxCalls()) {
      return parked;
    }
    String reason =
        "%d calls about the record were paid for, as many as burnish.worker.max-calls allows"
            .formatted(paid);
    return Outcome.withoutCall(
        item,
        OutcomePolicy.failed(item, "call_limit_reached", List.of(reason), history.lastModel()));
  }

  /** The record fails, because the same request would meet the same fault again. */
  private static Outcome failed(ClaimedItem item, String code, ProviderFault fault) {
    return Outcome.withoutCall(
        item,
        OutcomePolicy.failed(
            item, code, List.of(String.valueOf(fault.getMessage())), fault.model()));
  }
}
