package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What one call is done with: the ledger, the packer and the pacing. Thread-safe. */
final class PackListener implements CallAttempt.Listener {

  private final CallExecutor.Parts with;
  private final Packer packer;
  private final BooleanSupplier lease;

  /**
   * @param packer is told how packs did
   * @param lease whether what was claimed is still this worker's
   */
  PackListener(CallExecutor.Parts with, Packer packer, BooleanSupplier lease) {
    this.with = with;
    this.packer = packer;
    this.lease = lease;
  }

  @Override
  public boolean holdsLease() {
    return lease.getAsBoolean();
  }

  @Override
  public void record(List<LedgerEntry> calls) {
    with.writers().keep(calls);
  }

  @Override
  public void judged(String model, int records, int rejected) {
    packer.judged(model, records, rejected);
    if (rejected > 0) {
      with.admission().invalid();
    }
  }

  @Override
  public void tooLarge(String model, int records) {
    packer.tooLarge(model, records);
  }

  @Override
  public Optional<Outcome> judgingFailed(ClaimedItem item, RuntimeException cause) {
    return with.errors().postponeOrFail(item, cause);
  }
}
