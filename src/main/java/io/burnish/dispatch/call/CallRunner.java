package io.burnish.dispatch.call;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.Pack;
import io.burnish.budget.Budgets;
import io.burnish.budget.TokenUse;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.ledger.LedgerEntry;
import io.burnish.models.call.LeaseLostException;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Makes one call about a pack. What the attempt reports goes to the ledger, to the planner and to
 * the pacing. Thread-safe.
 */
@Singleton
public class CallRunner {

  private static final Logger LOG = Logger.getLogger(CallRunner.class);

  private final CallAttempt attempt;
  private final CallPlanner planner;
  private final BatchWriters writers;
  private final InternalErrors errors;
  private final Budgets budgets;

  public CallRunner(
      CallAttempt attempt,
      CallPlanner planner,
      BatchWriters writers,
      InternalErrors errors,
      Budgets budgets) {
    this.attempt = attempt;
    this.planner = planner;
    this.writers = writers;
    this.errors = errors;
    this.budgets = budgets;
  }

  /**
   * The outcomes of the pack's records. After an internal error they are what {@link
   * InternalErrors} makes of it, and tokens that no call took over are given back. None when the
   * lease has ended meanwhile, as it does when the worker stops: other workers have the records.
   *
   * @param lease whether the records are still claimed by this worker
   */
  List<Outcome> run(Pack pack, Reservation reservation, BooleanSupplier lease) {
    try {
      return attempt.run(pack, reservation, new Listener(lease));
    } catch (RuntimeException | Error e) {
      if (!lease.getAsBoolean()) {
        LOG.debugf(
            "Call about %d items (the first: %d) aborted: lease lost (%s)",
            pack.size(), pack.items().get(0).id(), e);
        return List.of();
      }
      long unsent = reservation.reserved().getAndSet(0);
      planner.refund(reservation.model(), unsent > 0 ? 1 : 0, unsent);
      return errors.postponeOrFail(pack.items(), e);
    }
  }

  private final class Listener implements CallAttempt.Listener {

    private final BooleanSupplier lease;

    Listener(BooleanSupplier lease) {
      this.lease = lease;
    }

    @Override
    public boolean holdsLease() {
      return lease.getAsBoolean();
    }

    @Override
    public boolean mayAsk(String model, List<ClaimedItem> items) {
      return items.stream().allMatch(item -> budgets.mayAsk(model, item));
    }

    @Override
    public Set<UUID> reserve(List<ClaimedItem> items, List<TokenUse> calls) {
      Budgets.Result reserved = budgets.reserve(items, calls);
      if (!reserved.leaseHeld()) {
        throw new LeaseLostException(calls.get(calls.size() - 1).model());
      }
      return reserved.over();
    }

    @Override
    public void record(List<LedgerEntry> calls) {
      writers.keep(calls);
    }

    @Override
    public void judged(String model, int records, int refused) {
      planner.judged(model, records, refused);
    }

    @Override
    public void tooLarge(String model, int records) {
      planner.packer().tooLarge(model, records);
    }

    @Override
    public Optional<Outcome> judgmentFailed(ClaimedItem item, RuntimeException cause) {
      return errors.postponeOrFail(item, cause);
    }
  }
}
