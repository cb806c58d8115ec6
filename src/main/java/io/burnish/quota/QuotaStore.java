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
 * The rows of this replica's models. What became of calls is kept here until the database has taken
 * it: with the next reservation, or by {@link #flush}, or with the next {@link #keepUp}.
 * Thread-safe.
 */
final class QuotaStore {

  private static final Logger LOG = Logger.getLogger(QuotaStore.class);

  /** What the database refuses so often, although it is there, is not tried again. */
  private static final int MOST_REFUSALS = 20;

  private final Transactions sql;
  private final LongSupplier nanoClock;
  private final PendingSettlements pending;
  private final Map<String, ModelTerms> terms = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicBoolean unwritten = new AtomicBoolean();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  QuotaStore(Transactions sql, LongSupplier nanoClock) {
    this.sql = sql;
    this.nanoClock = nanoClock;
    this.pending = new PendingSettlements(UUID.randomUUID().toString(), nanoClock);
  }

  /** Work on a row that is locked; {@code mine} is what this replica holds of it. */
  @FunctionalInterface
  interface RowWork<T> {
    T on(Connection connection, QuotaRow row, OpenReservations mine) throws SQLException;
  }

  /** Makes sure that a model has a row. */
  void open(ModelTerms model) {
    terms.put(model.model(), model);
    sql.run(
        connection -> {
          QuotaRows.open(connection, model);
          return true;
        });
  }

  /**
   * The terms of a model.
   *
   * @throws IllegalStateException when it was not opened
   */
  ModelTerms terms(String model) {
    ModelTerms of = terms.get(model);
    if (of == null) {
      throw new IllegalStateException("the quota of model %s was not opened".formatted(model));
    }
    return of;
  }

  /** Whether nothing of a model is limited. */
  boolean isUnlimited(String model) {
    ModelTerms of = terms.get(model);
    return of != null && of.source() == ModelTerms.Source.UNLIMITED;
  }

  /** What this replica has reserved. */
  PendingSettlements pending() {
    return pending;
  }

  /** The quotas of all models that were opened. */
  List<ModelQuota> all() {
    return sql.run(connection -> QuotaRows.all(connection, terms.values()));
  }

  /** Grants calls, after what is pending was written. */
  Grant reserve(String model, ReserveStatement.Wish wish) {
    Reserved reserved = new Reserved(model);
    try {
      return inRow(
          model,
          (connection, row, mine) ->
              reserved.of(ReserveStatement.reserve(connection, row, wish, mine), wish));
    } catch (RuntimeException e) {
      reserved.undo();
      throw e;
    }
  }

  /** A grant that is known here before the row is free for others. */
  private final class Reserved {
    private final String model;
    private double calls;
    private double tokens;

    Reserved(String model) {
      this.model = model;
    }

    Grant of(Grant grant, ReserveStatement.Wish wish) {
      calls = grant.calls();
      tokens = grant.calls() * wish.each();
      pending.granted(model, calls, tokens);
      return grant;
    }

    void undo() {
      pending.granted(model, -calls, -tokens);
    }
  }

  /**
   * Locks a model's row, writes what is pending, and does the work, in one transaction.
   *
   * @throws DatabaseException when the database does not answer; what is pending is kept then
   */
  private <T> T inRow(String model, RowWork<T> work) {
    ModelTerms of = terms(model);
    List<PendingSettlements.Taken> taken = new ArrayList<>();
    try {
      T result =
          sql.run(
              connection -> {
                QuotaRow row = QuotaRows.locked(connection, of);
                taken.add(pending.take(model));
                write(connection, row, of, taken.get(0));
                return work.on(connection, row, pending.mine(model));
              });
      written();
      return result;
    } catch (RuntimeException e) {
      taken.forEach(each -> keep(model, each, e));
      throw e;
    }
  }

  private void write(
      Connection connection, QuotaRow row, ModelTerms of, PendingSettlements.Taken taken)
      throws SQLException {
    PendingSettlements.Sum sum = taken.sum();
    if (sum != null && of.source() != ModelTerms.Source.UNLIMITED) {
      settle(connection, row, of, sum);
    }
    taken.writeNews(connection, row, nanoClock.getAsLong());
  }

  /** Learns what was told, settles, and gives a guessed plan up when nothing is told. */
  private void settle(
      Connection connection, QuotaRow row, ModelTerms of, PendingSettlements.Sum sum)
      throws SQLException {
    LimitLearning.told(connection, row, sum.told(), of);
    OpenReservations mine = pending.mine(row.model());
    int untold = SettleStatement.settle(connection, row, sum, mine, nanoClock.getAsLong());
    if (of.isGuess()
        && untold >= AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS
        && (!row.adaptive() || sum.told().tellsLimits())) {
      AdaptiveConcurrency.begin(
          connection, QuotaRow.lock(connection, of.endpoint(), of.model()).orElseThrow());
    }
  }

  /** What was not written is kept; what the database will never take is not. */
  private void keep(String model, PendingSettlements.Taken taken, RuntimeException why) {
    boolean hopeless =
        !taken.isEmpty()
            && why instanceof DatabaseException
            && !DatabaseException.isTransient(why)
            && refusals.incrementAndGet() > MOST_REFUSALS;
    if (hopeless) {
      refusals.set(0);
      LOG.errorf(
          why, "Model %s: what its last calls used can't be written, and is forgotten", model);
    } else {
      pending.putBack(model, taken);
    }
  }

  private void written() {
    refusals.set(0);
    if (unwritten.getAndSet(false)) {
      LOG.info("What became of calls is written again");
    }
  }

  /** Something to write about a model: at once, or as soon as the database takes it. */
  void tell(String model, PendingSettlements.News news) {
    pending.add(model, news);
    write(Set.of(model));
  }

  /** Writes what is pending, if the database takes it. */
  void flush() {
    write(pending.changed());
  }

  /** Writes what is pending of a model, if the database takes it. */
  void flush(String model) {
    write(Set.of(model));
  }

  /** Writes what is pending and says again what is held, if the database takes it. */
  void keepUp() {
    write(pending.held());
  }

  private void write(Set<String> models) {
    for (String model : models) {
      try {
        inRow(model, this::sayWhatIsHeld);
      } catch (RuntimeException e) {
        if (unwritten.compareAndSet(false, true)) {
          LOG.warnf(
              "Model %s: what became of its calls could not be written: %s; it is kept, and written with the next reservation",
              model, e.getMessage());
        }
      }
    }
  }

  private boolean sayWhatIsHeld(Connection connection, QuotaRow row, OpenReservations mine)
      throws SQLException {
    if (mine.calls() > 0) {
      SettleStatement.settle(
          connection, row, PendingSettlements.Sum.NOTHING, mine, nanoClock.getAsLong());
    }
    return true;
  }

  /** Everything that was learned of a model at its address is forgotten, for all replicas. */
  void forget(String model) {
    ModelTerms of = terms(model);
    sql.run(
        connection -> {
          QuotaRows.forget(connection, of);
          return true;
        });
  }
}
