package io.burnish.attempt;

import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.NotJudged;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.enhancement.Verdict.Unanswerable;
import io.burnish.ledger.LedgerEntry;
import io.burnish.models.CallRecord;
import io.burnish.models.ChatCall;
import io.burnish.models.ChatGateway;
import io.burnish.models.LeaseLostException;
import io.burnish.profile.Profile;
import io.burnish.profile.Violation;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ClaimedItem.StoredAnswer;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.PastCall;
import io.burnish.queue.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * One attempt at the records of a pack, from the question to their outcomes. No transaction is open
 * while the provider is asked. What the calls brought is handed to the ledger before anything is
 * made of it, and whatever ends the attempt.
 */
@Singleton
public class CallAttempt {

  private static final Logger LOG = Logger.getLogger(CallAttempt.class);

  /** A maximum that was too small is doubled once; a pack that is still cut off is split. */
  private static final int MOST_DOUBLINGS = 1;

  private final ChatGateway models;
  private final Enhancer enhancer;
  private final OutcomePolicy judging;
  private final FaultPolicy faults;

  public CallAttempt(
      ChatGateway models, Enhancer enhancer, OutcomePolicy judging, FaultPolicy faults) {
    this.models = models;
    this.enhancer = enhancer;
    this.judging = judging;
    this.faults = faults;
  }

  /**
   * The model that is asked.
   *
   * @param model its name
   * @param reserved tokens of its quota that are held for the call, until the call takes them over;
   *     0: none
   */
  public record Reservation(String model, AtomicLong reserved) {

    public Reservation(String model, long reserved) {
      this(model, new AtomicLong(reserved));
    }
  }

  /** What an attempt is done with. */
  public interface Listener {

    /** Whether the records are still this worker's to ask about. */
    boolean holdsLease();

    /** Keeps what calls brought; waits until it is kept. */
    void record(List<LedgerEntry> calls);

    /** Answers about so many records came, and so many of them were refused. */
    void judged(String model, int records, int rejected);

    /** A call about so many records was too much for the model. */
    void tooLarge(String model, int records);

    /** The service itself failed to judge the answer about an item; empty: it is postponed. */
    Optional<Outcome> judgingFailed(ClaimedItem item, RuntimeException cause);
  }

  /**
   * Asks about the records of a pack.
   *
   * @return the outcomes; a record that the listener postponed has none
   * @throws RuntimeException when the service itself fails; what was paid for is in the ledger then
   */
  public List<Outcome> run(Pack pack, Reservation reservation, Listener listener) {
    return new Attempt(listener).ask(pack, reservation, 0);
  }

  /**
   * Judges an answer that was paid for before this claim.
   *
   * @throws RuntimeException when the service itself fails to judge it
   */
  public Outcome judgeStored(ClaimedItem item, Profile profile, Question question) {
    StoredAnswer stored = Objects.requireNonNull(item.stored());
    Verdict verdict =
        enhancer.judge(profile, List.of(question.as(stored.ref())), stored.rawAnswer()).get(0);
    int records =
        item.history().stream()
            .filter(call -> call.outcome().equals("answered") && !call.refused())
            .mapToInt(PastCall::records)
            .max()
            .orElse(1);
    OutcomePolicy.AnsweredCall by =
        new OutcomePolicy.AnsweredCall(stored.callId(), stored.model(), records);
    if (verdict instanceof NotJudged failed) {
      throw failed.cause();
    }
    return outcome(item, verdict, by);
  }

  /** The outcome of a verdict that was reached. */
  private Outcome outcome(ClaimedItem item, Verdict verdict, OutcomePolicy.AnsweredCall by) {
    if (verdict instanceof Accepted accepted) {
      return judging.accepted(item, accepted, by);
    }
    return verdict instanceof Unanswerable unanswerable
        ? judging.unanswerable(item, unanswerable, by)
        : judging.refused(item, (Rejected) verdict, by);
  }

  /** One pack at one listener. */
  private final class Attempt {

    private final Listener listener;
    private final List<Outcome> outcomes = new ArrayList<>();

    Attempt(Listener listener) {
      this.listener = listener;
    }

    public List<Outcome> ask(Pack pack, Reservation reservation, int doublings) {
      List<Question> questions = pack.questions();
      ChatCall call =
          ChatCall.first(
                  enhancer.prompt(pack.profile(), questions, doublings),
                  pack.promptTokens(),
                  reservation.model(),
                  pack.size() > 1)
              .withReservation(reservation.reserved())
              .whileLeased(listener::holdsLease);
      ChatAnswer answer;
      try {
        answer = models.complete(call);
      } catch (ProviderFault fault) {
        keep(call, pack);
        faulted(pack, fault, call, doublings);
        return outcomes;
      } catch (LeaseLostException e) {
        keep(call, pack);
        giveUp(pack);
        return outcomes;
      } catch (RuntimeException | Error e) {
        keep(call, pack);
        throw e;
      }
      keep(call, pack);
      judge(pack, answer.content(), call.last());
      return outcomes;
    }

    private void keep(ChatCall call, Pack pack) {
      List<LedgerEntry> calls =
          call.calls().stream().map(made -> LedgerEntries.entry(made, pack.items())).toList();
      calls.forEach(Attempt::say);
      listener.record(calls);
    }

    private static void say(LedgerEntry call) {
      LOG.debugf(
          "Call %s to model %s about %d records (the first: item %d): %s, HTTP status %d, %d prompt tokens, %d completion tokens, %d ms",
          call.id(),
          call.model(),
          call.items().size(),
          call.items().get(0).id(),
          call.outcome(),
          call.httpStatus(),
          call.promptTokens(),
          call.completionTokens(),
          call.latencyMillis());
    }

    private void judge(Pack pack, String raw, CallRecord by) {
      List<Verdict> verdicts = enhancer.judge(pack.profile(), pack.questions(), raw);
      verdicts.forEach(verdict -> settle(pack, verdict, by));
      listener.judged(by.model(), pack.size(), count(verdicts));
    }

    private int count(List<Verdict> verdicts) {
      return (int) verdicts.stream().filter(Rejected.class::isInstance).count();
    }

    private void settle(Pack pack, Verdict verdict, CallRecord by) {
      ClaimedItem item = pack.items().get(verdict.ref() - 1);
      OutcomePolicy.AnsweredCall answered =
          new OutcomePolicy.AnsweredCall(by.id(), by.model(), pack.size());
      if (verdict instanceof NotJudged failed) {
        listener.judgingFailed(item, failed.cause()).ifPresent(outcomes::add);
      } else {
        outcomes.add(outcome(item, verdict, answered));
      }
    }

    private void faulted(Pack pack, ProviderFault fault, ChatCall call, int doublings) {
      switch (fault.kind()) {
        case TRUNCATED -> truncated(pack, fault, call, doublings);
        case UNUSABLE ->
            fault
                .failedGeneration()
                .ifPresentOrElse(
                    text -> judge(pack, text, call.last()),
                    () -> refuseAll(pack, fault, call.last()));
        case TOO_LARGE, TIMED_OUT -> {
          if (pack.size() > 1) {
            listener.tooLarge(fault.model(), pack.size());
          }
          outcomes.addAll(faults.outcomes(pack, fault, call));
        }
        case THROTTLED, OVERLOADED, REFUSED, UNSUPPORTED, GONE, UNREACHABLE ->
            outcomes.addAll(faults.outcomes(pack, fault, call));
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
                      .filter(v -> v instanceof Accepted || v instanceof Unanswerable)
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
        ask(rest, new Reservation(fault.model(), 0), doublings + 1);
      } else if (rest.size() > 1) {
        listener.tooLarge(fault.model(), rest.size());
        outcomes.addAll(faults.split(rest));
      } else {
        refuseAll(rest, fault, call.last());
      }
    }

    /** In our own words: what the provider says must not reach the next prompt. */
    private void refuseAll(Pack pack, ProviderFault fault, CallRecord by) {
      Violation why =
          new Violation(
              fault.kind() == ProviderFault.Kind.TRUNCATED ? "answer_cut_off" : "answer_unusable",
              fault.summary());
      for (int ref = 1; ref <= pack.size(); ref++) {
        settle(pack, new Rejected(ref, List.of(why), Optional.empty()), by);
      }
      listener.judged(by.model(), pack.size(), pack.size());
    }

    /**
     * The lease was lost, and this is dropped; or it is in doubt, and the records are asked about
     * again once the heartbeat is back.
     */
    private void giveUp(Pack pack) {
      pack.items()
          .forEach(
              item ->
                  outcomes.add(
                      Outcome.withoutCall(item, new Parked(WaitReason.BACKOFF, Duration.ZERO))));
    }
  }
}
