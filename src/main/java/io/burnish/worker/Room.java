package io.burnish.worker;

import io.burnish.models.Admission.Admitted;
import io.burnish.queue.ClaimedItem;
import io.burnish.worker.Asking.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What was admitted, as it is used up. */
final class Room {

  private final Admitted admitted;
  private final Packer.Plan plan;
  private final int most;
  private final BooleanSupplier lease;
  private final List<ClaimedItem> leftOver = new ArrayList<>();
  private int tickets;
  private long spent;
  private int busy;

  /**
   * @param admitted what the quotas have room for
   * @param plan what the admitted calls are to be like
   * @param most hands there are
   * @param lease whether the claims are still this worker's
   */
  Room(Admitted admitted, Packer.Plan plan, int most, BooleanSupplier lease) {
    this.admitted = admitted;
    this.plan = plan;
    this.most = most;
    this.lease = lease;
  }

  /** Whose room it is. */
  String model() {
    return admitted.model();
  }

  /** What the admitted calls are to be like. */
  Packer.Plan plan() {
    return plan;
  }

  /** Whether what was claimed is still this worker's. */
  BooleanSupplier lease() {
    return lease;
  }

  int callsLeft() {
    return Math.min(admitted.calls() - tickets, handsLeft());
  }

  int handsLeft() {
    return most - busy;
  }

  Ticket ticket(long tokens) {
    tickets++;
    spent += tokens;
    return new Ticket(admitted.model(), tokens);
  }

  /** A hand more is busy. */
  void busyOne() {
    busy++;
  }

  /** How many hands are busy now. */
  int busy() {
    return busy;
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
    return admitted.calls() - tickets;
  }

  long unusedTokens() {
    return admitted.tokens() - spent;
  }
}
