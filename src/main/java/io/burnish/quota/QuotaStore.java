package io.burnish.quota;

import io.burnish.database.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The rows of this replica's models. Pending changes are written with the next reservation, by
 * {@link #flush} or by {@link #renew}, and kept until the database has taken them. Thread-safe.
 */
final class QuotaStore {

  private static final Logger LOG = Logger.getLogger(QuotaStore.class);

  /** After so many refusals by a database that answers, changes are dropped. */
  private static final int MAX_REFUSALS = 20;

  private final Transactions sql;
  private final LongSupplier nanoClock;
  private final PendingSettlements pending;
  private final Map<String, InitialLimits> models = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicBoolean writeFailed = new AtomicBoolean();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  QuotaStore(Transactions sql, LongSupplier nanoClock) {
    this.sql = sql;
    this.nanoClock = nanoClock;
    this.pending = new PendingSettlements(UUID.randomUUID().toString(), nanoClock);
  }

  /** Work on a locked row; {@code own} are this replica's open reservations. */
  @FunctionalInterface
  interface RowWork<T> {
    T on(Connection connection, QuotaRow row, OpenReservations own) throws SQLException;
  }

  /** Creates a model's row unless it exists. */
  void open(InitialLimits initial) {
    models.put(initial.model(), initial);
    sql.run(
        connection -> {
          QuotaRows.open(connection, initial);
          return true;
        });
  }

  /**
   * What was assumed of a model at the start.
   *
   * @throws IllegalStateException if it was not opened
   */
  InitialLimits initial(String model) {
    InitialLimits of = models.get(model);
    if (of == null) {
      throw new IllegalStateException("model %s has no quota: it was not opened".formatted(model));
    }
    return of;
  }

  /** Whether a model has no limits. */
  boolean isUnlimited(String model) {
    InitialLimits of = models.get(model);
    return of != null && of.source() == InitialLimits.Source.UNLIMITED;
  }

  /** Open reservations and pending changes of this replica. */
  PendingSettlements pending() {
    return pending;
  }

  /** The quotas of all opened models. */
  List<ModelQuota> all() {
    return sql.run(connection -> QuotaRows.all(connection, models.values()));
  }

  /** Writes pending changes, then reserves calls. */
  Grant reserve(String model, ReserveStatement.Request request) {
    Reserved reserved = new Reserved(model);
    try {
      return inRow(
          model,
          (connection, row, own) ->
              reserved.of(ReserveStatement.reserve(connection, row, request, own), request));
    } catch (RuntimeException e) {
      reserved.undo();
      throw e;
    }
  }

  /** Adds a grant to the open reservations before the row lock is released. */
  private final class Reserved {
    private final String model;
    private double calls;
    private double tokens;

    Reserved(String model) {
      this.model = model;
    }

    Grant of(Grant grant, ReserveStatement.Request request) {
      calls = grant.calls();
      tokens = grant.calls() * request.tokensEach();
      pending.reserved(model, calls, tokens);
      return grant;
    }

    void undo() {
      pending.reserved(model, -calls, -tokens);
    }
  }

  /**
   * Locks a model's row, writes pending changes and does the work, in one transaction.
   *
   * @throws DatabaseException if the database does not answer; pending changes are kept
   */
  private <T> T inRow(String model, RowWork<T> work) {
    InitialLimits of = initial(model);
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

  /** Writes a change at once, or as soon as the database takes it. */
  void update(String model, PendingSettlements.Update update) {
    pending.add(model, update);
    write(Set.of(model));
  }

  /** Writes pending changes, if the database takes them. */
  void flush() {
    write(pending.modelsPending());
  }

  /** Writes pending changes of a model, if the database takes them. */
  void flush(String model) {
    write(Set.of(model));
  }

  /** Writes pending changes and renews the lease of open reservations, if the database takes it. */
  void renew() {
    write(pending.modelsPendingOrOpen());
  }

  private void write(Set<String> models) {
    for (String model : models) {
      try {
        inRow(model, this::renewOpen);
      } catch (RuntimeException e) {
        if (writeFailed.compareAndSet(false, true)) {
          LOG.warnf(
              "Model %s: cannot write quota changes: %s. They are kept; retry with the next reservation",
              model, e.getMessage());
        }
      }
    }
  }

  private boolean renewOpen(Connection connection, QuotaRow row, OpenReservations own)
      throws SQLException {
    if (own.calls() > 0) {
      SettleStatement.settle(connection, row, Settlement.NONE, own, nanoClock.getAsLong());
    }
    return true;
  }

  /** Deletes all that was learned of a model at its address, for all replicas. */
  void reset(String model) {
    InitialLimits of = initial(model);
    sql.run(
        connection -> {
          QuotaRows.reset(connection, of);
          return true;
        });
  }
}
