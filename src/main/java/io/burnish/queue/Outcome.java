package io.burnish.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a claimed item. Applied only while the claim's fence is the current one.
 *
 * @param item the claim
 * @param decision its next state
 * @param judged the answer that led here; empty when no answer was judged. A judged answer charges
 *     one attempt.
 */
public record Outcome(ClaimedItem item, Decision decision, Optional<Judged> judged) {

  /** An outcome that no call led to. */
  public static Outcome withoutCall(ClaimedItem item, Decision decision) {
    return new Outcome(item, decision, Optional.empty());
  }

  /** The next state of an item. */
  public sealed interface Decision {

    /** The state it means. */
    ItemState state();
  }

  /**
   * The record is enhanced.
   *
   * @param record the enhanced record
   * @param model whose answer it is, or null when that is not known any more
   * @param reused whether the answer was known before and cost no call
   * @param evidence where in its own text the answer stands, as JSON; null when nothing is kept
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
   * The record is given up.
   *
   * @param code stable, e.g. the name of the rule that was broken
   * @param errors why, for a person; every attempt's reason
   * @param model who was asked last, or null
   */
  public record Failed(String code, List<String> errors, @Nullable String model)
      implements Decision {
    @Override
    public ItemState state() {
      return ItemState.FAILED;
    }
  }

  /**
   * Not now.
   *
   * @param reason why
   * @param delay how long, from the database's now; zero or more
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
   * What was thought of an answer.
   *
   * @param callId the call that brought it
   * @param model who answered
   * @param accepted whether it was taken for true: it was proven, or it says that there is nothing
   *     to answer and was believed
   * @param errors why the record has no result by it, a sentence each; empty when it has
   * @param violations code and evidence of each of {@code errors}, in their order, as a JSON list
   *     of objects; null when there are none
   * @param answer what an answer without result said of the record, as JSON; null when it said
   *     nothing of it, or the record has a result
   */
  public record Judged(
      UUID callId,
      String model,
      boolean accepted,
      List<String> errors,
      @Nullable String violations,
      @Nullable String answer) {

    /** A verdict whose reasons have no codes. */
    public Judged(
        UUID callId, String model, boolean accepted, List<String> errors, @Nullable String answer) {
      this(callId, model, accepted, errors, null, answer);
    }
  }
}
