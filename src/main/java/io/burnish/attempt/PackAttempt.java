package io.burnish.attempt;

import io.burnish.attempt.CallAttempt.Listener;
import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.OutcomePolicy.AnsweredCall;
import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.NotJudged;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.enhancement.Verdict.Unanswerable;
import io.burnish.models.ChatGateway;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.models.call.LeaseLostException;
import io.burnish.profile.Violation;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One attempt at one pack, step by step; collects the outcomes of its records. For one thread. */
final class PackAttempt {

  /** How often the maximum of completion tokens is doubled after an answer was cut off. */
  private static final int MOST_DOUBLINGS = 1;

  /** Until records are claimed again whose budget did not allow the call. */
  private static final Duration UNTIL_SETTLED = Duration.ofSeconds(2);

  private final ChatGateway gateway;
  private final Enhancer enhancer;
  private final OutcomePolicy outcomePolicy;
  private final FaultPolicy faultPolicy;
  private final Listener listener;
  private final List<Outcome> outcomes = new ArrayList<>();

  PackAttempt(
      ChatGateway gateway,
      Enhancer enhancer,
      OutcomePolicy outcomePolicy,
      FaultPolicy faultPolicy,
      Listener listener) {
    this.gateway = gateway;
    this.enhancer = enhancer;
    this.outcomePolicy = outcomePolicy;
    this.faultPolicy = faultPolicy;
    this.listener = listener;
  }

  /** As {@link CallAttempt#run}. */
  List<Outcome> run(Pack pack, Reservation reservation) {
    run(pack, reservation, 0);
    return outcomes;
  }

  private void run(Pack pack, Reservation reservation, int doublings) {
    ChatCall call = prompt(pack, reservation, doublings);
    ChatAnswer answer;
    try {
      answer = send(call, pack);
    } catch (ProviderFault fault) {
      handle(fault, pack, call, doublings);
      return;
    } catch (LeaseLostException e) {
      park(pack);
      return;
    } catch (OverBudgetException e) {
      askAboutFewer(pack, e, call.model(), doublings);
      return;
    }
    judge(pack, answer.content(), call.last());
  }

  /**
   * Asks without half of the records of each job whose budget does not allow this call: what is
   * left may pay for a smaller one. Their time comes when other calls of the job have ended.
   */
  private void askAboutFewer(Pack pack, OverBudgetException over, String model, int doublings) {
    Set<Integer> dropped = over.dropped(pack.items());
    dropped.forEach(
        ref ->
            outcomes.add(
                Outcome.withoutCall(
                    pack.items().get(ref - 1), new Parked(WaitReason.BACKOFF, UNTIL_SETTLED))));
    if (dropped.size() < pack.size()) {
      run(pack.without(dropped), new Reservation(model, 0), doublings);
    }
  }

  /** Step 1: the prompt. */
  private ChatCall prompt(Pack pack, Reservation reservation, int doublings) {
    return ChatCall.first(
            enhancer.prompt(pack.profile(), pack.questions(), doublings),
            pack.promptTokens(),
            reservation.model(),
            pack.size() > 1)
        .withReservation(reservation.reserved())
        .guardedBy(new PackGuard(pack, listener));
  }

  /** Step 2: the call. Whatever it throws, its HTTP calls are in the ledger. */
  private ChatAnswer send(ChatCall call, Pack pack) {
    try {
      return gateway.complete(call);
    } finally {
      record(call, pack);
    }
  }

  /** Step 3: the ledger. */
  private void record(ChatCall call, Pack pack) {
    listener.record(LedgerEntries.of(call, pack.items()));
  }

  /** Step 4: the verdict on the answer about each record. */
  private void judge(Pack pack, String rawAnswer, CallRecord call) {
    List<Verdict> verdicts = enhancer.judge(pack.profile(), pack.questions(), rawAnswer);
    verdicts.forEach(verdict -> decide(pack, verdict, call));
    int rejected = (int) verdicts.stream().filter(Rejected.class::isInstance).count();
    listener.judged(call.model(), pack.size(), rejected);
  }

  /** Step 5: the outcome of a record. */
  private void decide(Pack pack, Verdict verdict, CallRecord call) {
    ClaimedItem item = pack.items().get(verdict.ref() - 1);
    if (verdict instanceof NotJudged failed) {
      listener.judgmentFailed(item, failed.cause()).ifPresent(outcomes::add);
    } else {
      AnsweredCall answered = new AnsweredCall(call.id(), call.model(), pack.size());
      outcomes.add(outcomePolicy.outcome(item, verdict, answered));
    }
  }

  /** Steps 4 and 5 of a call that failed. Some faults still have text that can be judged. */
  private void handle(ProviderFault fault, Pack pack, ChatCall call, int doublings) {
    switch (fault.kind()) {
      case TRUNCATED -> handleTruncated(fault, pack, call, doublings);
      case UNUSABLE ->
          fault
              .failedGeneration()
              .ifPresentOrElse(
                  text -> judge(pack, text, call.last()),
                  () -> rejectAll(pack, fault, call.last()));
      case TOO_LARGE, TIMED_OUT -> {
        if (pack.size() > 1) {
          listener.tooLarge(fault.model(), pack.size());
        }
        outcomes.addAll(faultPolicy.outcomes(pack, fault, call));
      }
      case THROTTLED, OVERLOADED, REFUSED, UNSUPPORTED, GONE, UNREACHABLE ->
          outcomes.addAll(faultPolicy.outcomes(pack, fault, call));
    }
  }

  /**
   * Uses the complete answers of a text that was cut off. The other records are asked about again
   * with the maximum of completion tokens doubled, then in two halves; a record alone is rejected.
   */
  private void handleTruncated(ProviderFault fault, Pack pack, ChatCall call, int doublings) {
    Set<Integer> decided =
        fault.failedGeneration().map(text -> decideComplete(pack, text, call)).orElse(Set.of());
    if (decided.size() == pack.size()) {
      return;
    }
    Pack rest = pack.without(decided);
    if (doublings < MOST_DOUBLINGS) {
      run(rest, new Reservation(fault.model(), 0), doublings + 1);
    } else if (rest.size() > 1) {
      listener.tooLarge(fault.model(), rest.size());
      outcomes.addAll(faultPolicy.split(rest));
    } else {
      rejectAll(rest, fault, call.last());
    }
  }

  private Set<Integer> decideComplete(Pack pack, String text, ChatCall call) {
    Set<Integer> decided = new HashSet<>();
    for (Verdict verdict : enhancer.judge(pack.profile(), pack.questions(), text)) {
      if (verdict instanceof Accepted || verdict instanceof Unanswerable) {
        decide(pack, verdict, call.last());
        decided.add(verdict.ref());
      }
    }
    return decided;
  }

  /** The reason is a text of Burnish: the provider's message must not reach the next prompt. */
  private void rejectAll(Pack pack, ProviderFault fault, CallRecord call) {
    Violation reason =
        new Violation(
            fault.kind() == ProviderFault.Kind.TRUNCATED ? "answer_cut_off" : "answer_unusable",
            fault.summary());
    for (int ref = 1; ref <= pack.size(); ref++) {
      decide(pack, new Rejected(ref, List.of(reason), Optional.empty()), call);
    }
    listener.judged(call.model(), pack.size(), pack.size());
  }

  /**
   * Parks all records without a call, because the lease is not valid. If it has expired, the
   * outcomes are dropped as stale; if heartbeats only fail for now, the records are claimed again.
   */
  private void park(Pack pack) {
    pack.items()
        .forEach(
            item ->
                outcomes.add(
                    Outcome.withoutCall(item, new Parked(WaitReason.BACKOFF, Duration.ZERO))));
  }
}
