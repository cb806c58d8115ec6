package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What one call is done with: the ledger, the packer and the pacing. Thread-safe. */
final class PackListener implements CallAttempt.Desk {

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
  public boolean stillOurs() {
    return lease.getAsBoolean();
  }

  @Override
  public void keep(List<LedgerEntry> calls) {
    with.writers().keep(calls);
  }

  @Override
  public void judged(String model, int records, int refused) {
    packer.judged(model, records, refused);
    if (refused > 0) {
      with.admission().invalid();
    }
  }

  @Override
  public void tooMuch(String model, int records) {
    packer.tooMuch(model, records);
  }

  @Override
  public Optional<Outcome> notJudged(ClaimedItem item, RuntimeException cause) {
    return with.errors().after(item, cause);
  }
}
