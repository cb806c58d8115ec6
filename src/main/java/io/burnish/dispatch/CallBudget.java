package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.models.Admission.Admitted;
import io.burnish.queue.ClaimedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What was admitted, as it is used up. For one thread. */
public final class CallBudget {

  private final Admitted admitted;
  private final Packer.Plan plan;
  private final Permits permits;
  private final List<ClaimedItem> leftOver = new ArrayList<>();
  private int tickets;
  private long spent;
  private boolean closed;

  /**
   * @param admitted what the quotas have room for
   * @param plan what the admitted calls are to be like
   * @param permits calls that may begin
   */
  public CallBudget(Admitted admitted, Packer.Plan plan, Permits permits) {
    this.admitted = admitted;
    this.plan = plan;
    this.permits = permits;
  }

  /** Whose room it is. */
  String model() {
    return admitted.model();
  }

  /** Whether no call was admitted: each record asks for its own. */
  boolean admitsNothing() {
    return admitted.calls() == 0;
  }

  /** What the admitted calls are to be like. */
  Packer.Plan plan() {
    return plan;
  }

  /** Whether what was claimed is still this worker's. */
  BooleanSupplier lease() {
    return permits.lease();
  }

  /** Calls that may begin at all, whatever the model. */
  Permits permits() {
    return permits;
  }

  int callsLeft() {
    return Math.min(unusedCalls(), permits.left());
  }

  Reservation reserve(long tokens) {
    tickets++;
    spent += tokens;
    return new Reservation(admitted.model(), tokens);
  }

  /** A record finds no room. */
  void leave(ClaimedItem item) {
    leftOver.add(item);
  }

  /** Records that found no room. */
  List<ClaimedItem> leftOver() {
    return leftOver;
  }

  int unusedCalls() {
    return closed ? 0 : admitted.calls() - tickets;
  }

  long unusedTokens() {
    return closed ? 0 : admitted.tokens() - spent;
  }

  /** What is not used is given back; no call begins in this room any more. */
  void close() {
    closed = true;
  }

  /** Permits to begin calls, as one look at the queue uses them. For one thread. */
  public static final class Permits {

    private final int acquired;
    private final BooleanSupplier lease;
    private int used;

    /**
     * @param acquired permits that were acquired
     * @param lease whether what was claimed is still this worker's
     */
    public Permits(int acquired, BooleanSupplier lease) {
      this.acquired = acquired;
      this.lease = lease;
    }

    BooleanSupplier lease() {
      return lease;
    }

    /** A call took one, and gives it back when it ends. */
    void use() {
      used++;
    }

    /** How many calls may still begin; these are to be given back. */
    public int left() {
      return acquired - used;
    }
  }
}
