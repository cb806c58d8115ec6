package io.burnish.dispatch.plan;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.models.Admission.Admitted;
import io.burnish.queue.item.ClaimedItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The calls that were admitted for a claim, as they are used up. For one thread. */
public final class AdmittedCalls {

  private final Admitted admitted;
  private final Packer.Plan plan;
  private final Slots slots;
  private final List<ClaimedItem> leftOver = new ArrayList<>();
  private int used;
  private long spent;
  private boolean closed;

  /**
   * @param planned the admitted calls, and what they are to be like
   * @param slots the acquired slots
   */
  public AdmittedCalls(CallPlanner.Planned planned, Slots slots) {
    this.admitted = planned.admitted();
    this.plan = planned.plan();
    this.slots = slots;
  }

  /** No admitted call: each record has to ask for its own. */
  public static AdmittedCalls none(Slots slots) {
    return new AdmittedCalls(new CallPlanner.Planned(Admitted.NONE, Packer.Plan.NOTHING), slots);
  }

  /** The model of the admitted calls; empty text when none was admitted. */
  public String model() {
    return admitted.model();
  }

  /** Whether no call was admitted. */
  public boolean isNone() {
    return admitted.calls() == 0;
  }

  /** What the admitted calls are to be like. */
  public Packer.Plan plan() {
    return plan;
  }

  /** The acquired slots, for calls to any model. */
  public Slots slots() {
    return slots;
  }

  /** How many calls may still begin. */
  public int callsLeft() {
    return Math.min(unusedCalls(), slots.left());
  }

  /** Takes one call of so many tokens. */
  public Reservation reservation(long tokens) {
    used++;
    spent += tokens;
    return new Reservation(admitted.model(), tokens);
  }

  /** No call has room for the record. */
  public void leave(ClaimedItem item) {
    leftOver.add(item);
  }

  /** Records that no call had room for. */
  public List<ClaimedItem> leftOver() {
    return leftOver;
  }

  /** Admitted calls to give back. */
  public int unusedCalls() {
    return closed ? 0 : admitted.calls() - used;
  }

  /** Admitted tokens to give back. */
  public long unusedTokens() {
    return closed ? 0 : admitted.tokens() - spent;
  }

  /** What is not used was given back: none of them begins any more. */
  public void close() {
    closed = true;
  }

  /** Slots that one turn of the claim loop acquired, as its calls use them. For one thread. */
  public static final class Slots {

    private final int acquired;
    private final BooleanSupplier lease;
    private final Instant since = Instant.now();
    private int used;

    /**
     * @param acquired how many
     * @param lease whether the records claimed in this turn are still this worker's
     */
    public Slots(int acquired, BooleanSupplier lease) {
      this.acquired = acquired;
      this.lease = lease;
    }

    /** When they were acquired: the claim follows at once. */
    public Instant since() {
      return since;
    }

    /** True as long as this worker may start calls. */
    public BooleanSupplier lease() {
      return lease;
    }

    /** A call began; its slot is free again when it ends. */
    public void use() {
      used++;
    }

    /** Slots without a call, to be given back. */
    public int left() {
      return acquired - used;
    }
  }
}
