package io.burnish.queue.item;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a claimed item. Applied only while the claim's fence is the current one.
 *
 * @param item the claim
 * @param decision its next state
 * @param judged the judged answer, which charges one attempt; empty when no answer was judged
 */
public record Outcome(ClaimedItem item, Decision decision, Optional<Judged> judged) {

  /** An outcome without a judged answer. */
  public static Outcome withoutCall(ClaimedItem item, Decision decision) {
    return new Outcome(item, decision, Optional.empty());
  }

  /**
   * Whether the outcome makes the item wait for another item of the same content. Complete such
   * outcomes in a transaction of their own: one transaction that both joins a flight and ends
   * another could deadlock with its mirror image.
   */
  public boolean waitsForSingleFlight() {
    return decision instanceof Parked parked && parked.reason() == WaitReason.IN_FLIGHT_ELSEWHERE;
  }

  /** The next state of an item. */
  public sealed interface Decision {

    /** The state that the item enters. */
    ItemState state();
  }

  /**
   * The record is enhanced.
   *
   * @param record the enhanced record
   * @param model the model that answered; null when it is not known any more
   * @param reused whether the result was known before and needed no call
   * @param evidence JSON: where the answer stands in the record's text; null: none is kept
   */
  public record Enhanced(
      String record, @Nullable String model, boolean reused, @Nullable String evidence)
      implements Decision {

    /** A record without evidence. */
    public Enhanced(String record, @Nullable String model, boolean reused) {
      this(record, model, reused, null);
    }

    @Override
    public ItemState state() {
      return ItemState.SUCCEEDED;
    }
  }

  /**
   * The record fails.
   *
   * @param code stable, e.g. the name of the rule that was broken
   * @param errors the reasons of all attempts, a sentence each
   * @param model the model that was asked last, or null
   */
  public record Failed(String code, List<String> errors, @Nullable String model)
      implements Decision {
    @Override
    public ItemState state() {
      return ItemState.FAILED;
    }
  }

  /**
   * The item waits.
   *
   * @param reason why
   * @param delay of the wait, from the database's now; zero or more
   * @param maxPack the most records that a call about it may have from now on, itself included;
   *     {@link ClaimedItem#UNBOUNDED}: as before
   */
  public record Parked(WaitReason reason, Duration delay, int maxPack) implements Decision {

    /** A wait after which the record may share a call as before. */
    public Parked(WaitReason reason, Duration delay) {
      this(reason, delay, ClaimedItem.UNBOUNDED);
    }

    @Override
    public ItemState state() {
      return ItemState.WAITING;
    }
  }

  /**
   * A judged answer.
   *
   * @param callId the call that brought it
   * @param model the model that answered
   * @param accepted whether the answer was accepted: it was proven, or it says that the record has
   *     nothing to answer
   * @param errors why the answer gives no result, a sentence each; empty when it does
   * @param violations code and evidence of each of {@code errors}, in their order, as a JSON list
   *     of objects; null when there are none
   * @param answer JSON of what an answer without result says of the record; null when it says
   *     nothing, or gives a result
   */
  public record Judged(
      UUID callId,
      String model,
      boolean accepted,
      List<String> errors,
      @Nullable String violations,
      @Nullable String answer) {

    /** A judged answer whose errors have no codes. */
    public Judged(
        UUID callId, String model, boolean accepted, List<String> errors, @Nullable String answer) {
      this(callId, model, accepted, errors, null, answer);
    }
  }
}
