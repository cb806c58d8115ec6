package io.burnish.attempt;

import io.burnish.attempt.OutcomePolicy.AnsweredCall;
import io.burnish.budget.TokenUse;
import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.enhancement.Verdict;
import io.burnish.enhancement.Verdict.NotJudged;
import io.burnish.ledger.LedgerEntry;
import io.burnish.models.ChatGateway;
import io.burnish.models.call.LeaseLostException;
import io.burnish.profile.Profile;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.ClaimedItem.StoredAnswer;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.PastCall;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One attempt at the records of a pack: prompt, call, ledger, verdict, outcome. No transaction is
 * open during the call. Each HTTP call is in the ledger before its answer is judged, however the
 * attempt ends. Thread-safe.
 */
@Singleton
public class CallAttempt {

  private final ChatGateway gateway;
  private final Enhancer enhancer;
  private final OutcomePolicy outcomePolicy;
  private final FaultPolicy faultPolicy;

  public CallAttempt(
      ChatGateway gateway,
      Enhancer enhancer,
      OutcomePolicy outcomePolicy,
      FaultPolicy faultPolicy) {
    this.gateway = gateway;
    this.enhancer = enhancer;
    this.outcomePolicy = outcomePolicy;
    this.faultPolicy = faultPolicy;
  }

  /**
   * The model to ask, and tokens of its quota that are reserved for the call.
   *
   * @param model name of the model
   * @param reserved tokens reserved; 0: none. The call sets it to 0 when it takes them over
   */
  public record Reservation(String model, AtomicLong reserved) {

    public Reservation(String model, long reserved) {
      this(model, new AtomicLong(reserved));
    }
  }

  /** Receives the events of an attempt. */
  public interface Listener {

    /** Whether the lease on the records is valid; asked before each HTTP call. */
    boolean holdsLease();

    /** Whether the model may be asked about these records. */
    boolean mayAsk(String model, List<ClaimedItem> items);

    /**
     * Reserves what calls about these records cost, in place of what was reserved for them before.
     *
     * @param calls what each may use at most; those that the ledger has are not among them
     * @return jobs whose budget does not allow it: nothing is reserved then; empty: all is reserved
     * @throws LeaseLostException when a record is not this worker's any more
     */
    Set<UUID> reserve(List<ClaimedItem> items, List<TokenUse> calls);

    /** Writes HTTP calls to the ledger; returns when they are written. */
    void record(List<LedgerEntry> calls);

    /**
     * Answers of a model were judged.
     *
     * @param records number of records in the call
     * @param rejected number of rejected answers among them
     */
    void judged(String model, int records, int rejected);

    /** A call about this number of records was too large for the model, or timed out. */
    void tooLarge(String model, int records);

    /**
     * The service itself failed to judge an answer.
     *
     * @return the outcome when the record fails; empty when it is postponed
     */
    Optional<Outcome> judgmentFailed(ClaimedItem item, RuntimeException cause);
  }

  /**
   * Asks a model about the records of a pack.
   *
   * @return the outcomes; a record that the listener postponed has none
   * @throws RuntimeException when the service itself fails; the ledger has the calls then, too
   */
  public List<Outcome> run(Pack pack, Reservation reservation, Listener listener) {
    return LogFields.with(
        pack.items(),
        reservation.model(),
        () ->
            new PackAttempt(gateway, enhancer, outcomePolicy, faultPolicy, listener)
                .run(pack, reservation));
  }

  /**
   * Judges the stored answer of an item: it was paid for under an earlier claim.
   *
   * @throws RuntimeException when the service itself fails to judge it
   */
  public Outcome judgeStored(ClaimedItem item, Profile profile, Question question) {
    StoredAnswer stored = Objects.requireNonNull(item.stored());
    return LogFields.with(
        List.of(item), stored.model(), () -> judge(item, stored, profile, question));
  }

  private Outcome judge(ClaimedItem item, StoredAnswer stored, Profile profile, Question question) {
    Verdict verdict =
        enhancer.judge(profile, List.of(question.as(stored.ref())), stored.rawAnswer()).get(0);
    if (verdict instanceof NotJudged failed) {
      throw failed.cause();
    }
    AnsweredCall call = new AnsweredCall(stored.callId(), stored.model(), recordsOfAnswered(item));
    return outcomePolicy.outcome(item, verdict, call);
  }

  /** Records in the call of the stored answer: at most those of any answered call. */
  private static int recordsOfAnswered(ClaimedItem item) {
    return item.history().stream()
        .filter(call -> call.outcome().equals(LedgerEntry.ANSWERED) && !call.refused())
        .mapToInt(PastCall::records)
        .max()
        .orElse(1);
  }
}
