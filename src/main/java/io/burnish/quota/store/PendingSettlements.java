package io.burnish.quota.store;

import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * This replica's open reservations of each model, and changes that are not written yet. Results of
 * calls are added up, so that one statement writes any number of them. Changes stay here until they
 * are written. Thread-safe.
 */
public final class PendingSettlements {

  /** Older updates of a model are dropped: only the last ones matter. */
  private static final int MAX_UPDATES = 100;

  /** Reservations that did not change for so long are abandoned: no call takes as long. */
  private static final long ABANDONED_NANOS = Duration.ofMinutes(3).toNanos();

  /** A change to a model's row that cannot be added up. */
  @FunctionalInterface
  public interface Update {
    /** Writes the change; {@code age} is the time since it was added. */
    void write(Connection connection, QuotaRow row, Duration age) throws SQLException;
  }

  private record DatedUpdate(Update update, long nanos) {}

  /**
   * Changes to write.
   *
   * @param settlement the results of calls; null if there are none
   * @param updates other changes, oldest first
   */
  record Batch(@Nullable Settlement settlement, List<DatedUpdate> updates) {

    boolean isEmpty() {
      return settlement == null && updates.isEmpty();
    }

    void writeUpdates(Connection connection, QuotaRow row, long nanoNow) throws SQLException {
      for (DatedUpdate each : updates) {
        each.update.write(connection, row, Duration.ofNanos(Math.max(0, nanoNow - each.nanos)));
      }
    }
  }

  private static final class Model {
    private @Nullable Settlement settlement;
    private final Deque<DatedUpdate> updates = new ArrayDeque<>();
    private double openCalls;
    private double openTokens;
    private long lastNanos;
  }

  private final String holder;
  private final LongSupplier nanoClock;
  private final Map<String, Model> models = new ConcurrentHashMap<>();

  /**
   * @param holder name of this replica
   * @param nanoClock as {@link System#nanoTime}
   */
  PendingSettlements(String holder, LongSupplier nanoClock) {
    this.holder = holder;
    this.nanoClock = nanoClock;
  }

  private Model model(String model) {
    return models.computeIfAbsent(model, name -> new Model());
  }

  /** Adds open reservations; negative numbers remove them. */
  synchronized void reserved(String model, double calls, double tokens) {
    Model of = model(model);
    of.openCalls += calls;
    of.openTokens += tokens;
    of.lastNanos = nanoClock.getAsLong();
  }

  /** Adds results of calls. */
  public synchronized void add(String model, Settlement settlement) {
    Model of = model(model);
    of.settlement = of.settlement == null ? settlement : of.settlement.plus(settlement);
    of.lastNanos = nanoClock.getAsLong();
  }

  /** Adds another change. */
  public synchronized void add(String model, Update update) {
    Deque<DatedUpdate> all = model(model).updates;
    all.addLast(new DatedUpdate(update, nanoClock.getAsLong()));
    if (all.size() > MAX_UPDATES) {
      all.removeFirst();
    }
  }

  /** Removes and returns the pending changes of a model. Calls that are done are no longer open. */
  synchronized Batch drain(String model) {
    Model of = model(model);
    Batch batch = new Batch(of.settlement, new ArrayList<>(of.updates));
    of.settlement = null;
    of.updates.clear();
    if (batch.settlement() != null) {
      of.openCalls = Math.max(0, of.openCalls - batch.settlement().callsDone());
      of.openTokens = Math.max(0, of.openTokens - batch.settlement().tokensDone());
    }
    return batch;
  }

  /** Puts back changes that could not be written. */
  synchronized void restore(String model, Batch batch) {
    Model of = model(model);
    if (batch.settlement() != null) {
      of.settlement =
          of.settlement == null ? batch.settlement() : batch.settlement().plus(of.settlement);
      of.openCalls += batch.settlement().callsDone();
      of.openTokens += batch.settlement().tokensDone();
    }
    for (int i = batch.updates().size() - 1; i >= 0; i--) {
      of.updates.addFirst(batch.updates().get(i));
    }
  }

  /** This replica's open reservations of a model. */
  synchronized OpenReservations open(String model) {
    Model of = model(model);
    if (nanoClock.getAsLong() - of.lastNanos > ABANDONED_NANOS) {
      of.openCalls = 0;
      of.openTokens = 0;
    }
    return new OpenReservations(holder, of.openCalls, of.openTokens);
  }

  /** Models with pending changes. */
  synchronized Set<String> modelsPending() {
    return names(false);
  }

  /** Models with pending changes or open reservations, whose lease must be renewed. */
  synchronized Set<String> modelsPendingOrOpen() {
    return names(true);
  }

  private Set<String> names(boolean orOpen) {
    return models.entrySet().stream()
        .filter(
            each ->
                each.getValue().settlement != null
                    || !each.getValue().updates.isEmpty()
                    || (orOpen && open(each.getKey()).calls() > 0))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
