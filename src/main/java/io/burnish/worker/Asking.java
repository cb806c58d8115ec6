package io.burnish.worker;

import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.models.CallNotWantedException;
import io.burnish.models.CallRecord;
import io.burnish.models.ChatCall;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelPlaces;
import io.burnish.profile.Profile;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ClaimedItem.StoredAnswer;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.validation.Violation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One attempt at the records of a pack, from the question to their outcomes. No transaction is open
 * while the provider is asked. What the calls brought is handed to the ledger before anything is
 * made of it.
 */
@Singleton
class Asking {

  /** A maximum that was too small is doubled once; a pack that is still cut off is split. */
  private static final int MOST_DOUBLINGS = 1;

  private final ModelPlaces models;
  private final ModelChain chain;
  private final Enhancer enhancer;
  private final Judging judging;

  Asking(ModelPlaces models, ModelChain chain, Enhancer enhancer, Judging judging) {
    this.models = models;
    this.chain = chain;
    this.enhancer = enhancer;
    this.judging = judging;
  }

  /**
   * Who is asked.
   *
   * @param model his name
   * @param reserved tokens of his quota that are held for the call; 0: none yet
   */
  record Ticket(String model, long reserved) {}

  /** What an attempt is done with. */
  interface Desk {

    /** Whether the records are still this worker's to ask about. */
    boolean stillOurs();

    /** Keeps what calls brought; waits until it is kept. */
    void keep(List<LedgerEntry> calls);

    /** Answers about so many records came, and so many of them were refused. */
    void judged(String model, int records, int refused);

    /** A call about so many records was too much for the model. */
    void tooMuch(String model, int records);
  }

  /** Asks about the records of a pack. */
  List<Outcome> ask(Pack pack, Ticket ticket, Desk desk) {
    return new Attempt(desk).ask(pack, ticket, 0);
  }

  /** Judges an answer that was paid for before this claim. */
  Outcome judgeStored(ClaimedItem item, Profile profile, Question question) {
    StoredAnswer stored = Objects.requireNonNull(item.stored());
    Verdict verdict =
        enhancer.judge(profile, List.of(question.as(stored.ref())), stored.rawAnswer()).get(0);
    return judging.outcome(item, verdict, new Judging.Answered(stored.callId(), stored.model()));
  }

  /** One pack at one desk. */
  private final class Attempt {

    private final Desk desk;
    private final List<Outcome> outcomes = new ArrayList<>();

    Attempt(Desk desk) {
      this.desk = desk;
    }

    List<Outcome> ask(Pack pack, Ticket ticket, int doublings) {
      List<Question> questions = pack.questions();
      ChatCall call =
          ChatCall.first(
                  enhancer.prompt(pack.profile(), questions, doublings),
                  pack.promptTokens(),
                  ticket.model(),
                  pack.size() > 1)
              .holding(ticket.reserved())
              .asLongAs(desk::stillOurs);
      try {
        ChatAnswer answer = models.complete(call);
        keep(call, pack);
        judge(pack, answer.content(), call.last());
      } catch (ProviderFault fault) {
        keep(call, pack);
        faulted(pack, fault, call, doublings);
      } catch (CallNotWantedException e) {
        keep(call, pack);
        giveUp(pack);
      }
      return outcomes;
    }

    private void keep(ChatCall call, Pack pack) {
      desk.keep(call.calls().stream().map(made -> Spending.entry(made, pack.items())).toList());
    }

    private void judge(Pack pack, String raw, CallRecord by) {
      List<Verdict> verdicts = enhancer.judge(pack.profile(), pack.questions(), raw);
      verdicts.forEach(verdict -> settle(pack, verdict, by));
      desk.judged(by.model(), pack.size(), count(verdicts));
    }

    private int count(List<Verdict> verdicts) {
      return (int) verdicts.stream().filter(Rejected.class::isInstance).count();
    }

    private void settle(Pack pack, Verdict verdict, CallRecord by) {
      ClaimedItem item = pack.items().get(verdict.ref() - 1);
      outcomes.add(judging.outcome(item, verdict, new Judging.Answered(by.id(), by.model())));
    }

    private void faulted(Pack pack, ProviderFault fault, ChatCall call, int doublings) {
      switch (fault.kind()) {
        case THROTTLED -> park(pack, WaitReason.QUOTA, fault);
        case OVERLOADED, TIMED_OUT, UNREACHABLE -> park(pack, WaitReason.BACKOFF, fault);
        case GONE -> park(pack, WaitReason.OUTAGE, fault);
        case REFUSED, UNSUPPORTED -> {
          if (fault.accountAtFault()) {
            park(pack, WaitReason.OUTAGE, fault);
          } else {
            splitOrFail(pack, "provider_refused", fault);
          }
        }
        case TOO_LARGE -> {
          desk.tooMuch(fault.model(), pack.size());
          splitOrFail(pack, "too_large", fault);
        }
        case TRUNCATED -> truncated(pack, fault, call, doublings);
        case UNUSABLE ->
            fault
                .failedGeneration()
                .ifPresentOrElse(
                    text -> judge(pack, text, call.last()),
                    () -> refuseAll(pack, fault, call.last()));
      }
    }

    /** Answers that are whole are used; about the others the maximum is doubled once. */
    private void truncated(Pack pack, ProviderFault fault, ChatCall call, int doublings) {
      Set<Integer> done = new HashSet<>();
      fault
          .failedGeneration()
          .ifPresent(
              text ->
                  enhancer.judge(pack.profile(), pack.questions(), text).stream()
                      .filter(Accepted.class::isInstance)
                      .forEach(
                          verdict -> {
                            settle(pack, verdict, call.last());
                            done.add(verdict.ref());
                          }));
      if (done.size() == pack.size()) {
        return;
      }
      Pack rest = pack.without(done);
      if (doublings < MOST_DOUBLINGS) {
        ask(rest, new Ticket(fault.model(), 0), doublings + 1);
      } else if (rest.size() > 1) {
        desk.tooMuch(fault.model(), rest.size());
        again(rest);
      } else {
        refuseAll(rest, fault, call.last());
      }
    }

    private void splitOrFail(Pack pack, String code, ProviderFault fault) {
      if (pack.size() > 1) {
        again(pack);
      } else {
        outcomes.add(judging.givenUp(pack.items().get(0), code, fault));
      }
    }

    /** In smaller company; two that could not share a call are kept apart. Charges nobody. */
    private void again(Pack pack) {
      boolean alone = pack.size() <= 3;
      pack.items()
          .forEach(
              item ->
                  outcomes.add(
                      Outcome.without(item, new Parked(WaitReason.REASK, Duration.ZERO, alone))));
    }

    private void refuseAll(Pack pack, ProviderFault fault, CallRecord by) {
      Violation why =
          new Violation(
              fault.kind() == ProviderFault.Kind.TRUNCATED ? "answer_cut_off" : "answer_unusable",
              String.valueOf(fault.getMessage()));
      for (int ref = 1; ref <= pack.size(); ref++) {
        settle(pack, new Rejected(ref, List.of(why)), by);
      }
      desk.judged(by.model(), pack.size(), pack.size());
    }

    /**
     * Others hold the records by now, and drop this; or nobody does, and they are asked about again
     * once this worker is known to live.
     */
    private void giveUp(Pack pack) {
      pack.items()
          .forEach(
              item ->
                  outcomes.add(
                      Outcome.without(item, new Parked(WaitReason.BACKOFF, Duration.ZERO))));
    }

    private void park(Pack pack, WaitReason reason, ProviderFault fault) {
      Duration wait = chain.waitAfter(fault);
      pack.items().forEach(item -> outcomes.add(Outcome.without(item, new Parked(reason, wait))));
    }
  }
}
