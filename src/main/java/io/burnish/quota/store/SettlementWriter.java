package io.burnish.quota.store;

import io.burnish.database.DatabaseException;
import io.burnish.quota.fixed.Transactions;
import io.burnish.quota.learn.AdaptiveConcurrency;
import io.burnish.quota.learn.HeaderLearning;
import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import io.burnish.quota.limit.InitialLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Writes pending changes of models to their rows. Changes that were not written are kept, unless
 * the database refuses them again and again. Thread-safe.
 */
final class SettlementWriter {

  private static final Logger LOG = Logger.getLogger(SettlementWriter.class);

  /** After so many refusals by a database that answers, changes are dropped. */
  private static final int MAX_REFUSALS = 20;

  private final Transactions sql;
  private final PendingSettlements pending;
  private final LongSupplier nanoClock;
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicBoolean writeFailed = new AtomicBoolean();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  SettlementWriter(Transactions sql, PendingSettlements pending, LongSupplier nanoClock) {
    this.sql = sql;
    this.pending = pending;
    this.nanoClock = nanoClock;
  }

  /** Work on a locked row; {@code own} are this replica's open reservations. */
  @FunctionalInterface
  interface RowWork<T> {
    T on(Connection connection, QuotaRow row, OpenReservations own) throws SQLException;
  }

  /**
   * Locks the row of a model, writes pending changes and does the work, in one transaction.
   *
   * @throws DatabaseException if the database does not answer; pending changes are kept
   */
  <T> T inRow(InitialLimits of, RowWork<T> work) {
    String model = of.model();
    List<PendingSettlements.Batch> drained = new ArrayList<>();
    try {
      T result =
          sql.run(
              connection -> {
                QuotaRow row = QuotaRows.locked(connection, of);
                drained.add(pending.drain(model));
                write(connection, row, of, drained.get(0));
                return work.on(connection, row, pending.open(model));
              });
      writeSucceeded();
      return result;
    } catch (RuntimeException e) {
      drained.forEach(each -> keep(model, each, e));
      throw e;
    }
  }

  private void write(
      Connection connection, QuotaRow row, InitialLimits of, PendingSettlements.Batch batch)
      throws SQLException {
    Settlement settlement = batch.settlement();
    if (settlement != null && of.source() != InitialLimits.Source.UNLIMITED) {
      settle(connection, row, of, settlement);
    }
    batch.writeUpdates(connection, row, nanoClock.getAsLong());
  }

  /** Learns limits and settles. Drops an assumed plan if answers report no limits. */
  private void settle(Connection connection, QuotaRow row, InitialLimits of, Settlement settlement)
      throws SQLException {
    HeaderLearning.learn(connection, row, settlement.reported(), of);
    OpenReservations own = pending.open(row.model());
    int untold = SettleStatement.settle(connection, row, settlement, own, nanoClock.getAsLong());
    if (of.isAssumed()
        && untold >= AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS
        && (!row.adaptive() || settlement.reported().hasLimits())) {
      AdaptiveConcurrency.begin(
          connection, QuotaRow.lock(connection, of.endpoint(), of.model()).orElseThrow());
    }
  }

  /** Keeps changes that were not written, unless the database refuses them again and again. */
  private void keep(String model, PendingSettlements.Batch batch, RuntimeException why) {
    boolean hopeless =
        !batch.isEmpty()
            && why instanceof DatabaseException
            && !DatabaseException.isTransient(why)
            && refusals.incrementAndGet() > MAX_REFUSALS;
    if (hopeless) {
      refusals.set(0);
      LOG.errorf(
          why,
          "Model %s: quota changes of the last calls are dropped: the database refused them %d times",
          model,
          MAX_REFUSALS);
    } else {
      pending.restore(model, batch);
    }
  }

  private void writeSucceeded() {
    refusals.set(0);
    if (writeFailed.getAndSet(false)) {
      LOG.info("Quota changes are written again");
    }
  }

  /** Logs once that changes are not written, until they are written again. */
  void notWritten(String model, RuntimeException why) {
    if (writeFailed.compareAndSet(false, true)) {
      LOG.warnf(
          "Model %s: cannot write quota changes: %s. They are kept; retry with the next reservation",
          model, why.getMessage());
    }
  }
}
