package io.burnish.quota.store;

import io.burnish.quota.fixed.Transactions;
import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.ModelQuota;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The rows of this replica's models. Pending changes are written with the next reservation, by
 * {@link #flush} or by {@link #renew}, and kept until the database has taken them. Thread-safe.
 */
public final class QuotaStore {

  private final Transactions sql;
  private final LongSupplier nanoClock;
  private final PendingSettlements pending;
  private final SettlementWriter writer;
  private final Map<String, InitialLimits> models = new ConcurrentHashMap<>();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public QuotaStore(Transactions sql, LongSupplier nanoClock) {
    this.sql = sql;
    this.nanoClock = nanoClock;
    this.pending = new PendingSettlements(UUID.randomUUID().toString(), nanoClock);
    this.writer = new SettlementWriter(sql, pending, nanoClock);
  }

  /** Creates a model's row unless it exists. */
  public void open(InitialLimits initial) {
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
  public InitialLimits initial(String model) {
    InitialLimits of = models.get(model);
    if (of == null) {
      throw new IllegalStateException("model %s has no quota: it was not opened".formatted(model));
    }
    return of;
  }

  /** Whether a model has no limits. */
  public boolean isUnlimited(String model) {
    InitialLimits of = models.get(model);
    return of != null && of.source() == InitialLimits.Source.UNLIMITED;
  }

  /** Open reservations and pending changes of this replica. */
  public PendingSettlements pending() {
    return pending;
  }

  /** The quotas of all opened models. */
  public List<ModelQuota> all() {
    return sql.run(connection -> QuotaRows.all(connection, models.values()));
  }

  /** Writes pending changes, then reserves calls. */
  public Grant reserve(String model, ReserveStatement.Request request) {
    Reserved reserved = new Reserved(model);
    try {
      return writer.inRow(
          initial(model),
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

  /** Writes a change at once, or as soon as the database takes it. */
  public void update(String model, PendingSettlements.Update update) {
    pending.add(model, update);
    write(Set.of(model));
  }

  /** Writes pending changes, if the database takes them. */
  public void flush() {
    write(pending.modelsPending());
  }

  /** Writes pending changes of a model, if the database takes them. */
  public void flush(String model) {
    write(Set.of(model));
  }

  /** Writes pending changes and renews the lease of open reservations, if the database takes it. */
  public void renew() {
    write(pending.modelsPendingOrOpen());
  }

  private void write(Set<String> models) {
    for (String model : models) {
      try {
        writer.inRow(initial(model), this::renewOpen);
      } catch (RuntimeException e) {
        writer.notWritten(model, e);
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
  public void reset(String model) {
    InitialLimits of = initial(model);
    sql.run(
        connection -> {
          QuotaRows.reset(connection, of);
          return true;
        });
  }
}
