package io.burnish.quota;

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
 * What this replica holds of each model, and what became of calls and is not written yet: summed
 * up, so that one statement writes it, however many calls there were. What can't be written stays
 * here. Thread-safe.
 */
final class PendingSettlements {

  private static final double NANOS_A_SECOND = 1e9;

  /** Of one kind of news only the last ones matter. */
  private static final int MOST_NEWS = 100;

  /** Reservations without any news for so long were lost: no call takes as long. */
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(3).toNanos();

  /**
   * What became of some calls.
   *
   * @param callsBack requests that were not counted there
   * @param tokensBack tokens that were reserved and not used; below zero: used beyond
   * @param callsDone calls that are not in flight any more
   * @param tokensDone tokens that were reserved for them
   * @param told what the last response told that told limits
   * @param toldAt when it was told, by {@link System#nanoTime}
   * @param answered whether one of them was answered
   * @param failed whether one of them brought no answer
   * @param untold usable answers that told no limits, since the last one that did
   */
  record Sum(
      double callsBack,
      double tokensBack,
      double callsDone,
      double tokensDone,
      RateLimitObservation told,
      long toldAt,
      boolean answered,
      boolean failed,
      int untold) {

    static final Sum NOTHING = new Sum(0, 0, 0, 0, RateLimitObservation.NONE, 0, false, false, 0);

    /** An answer came. */
    static Sum answered(double reserved, double used, RateLimitObservation seen, long nanoNow) {
      boolean told = seen.tellsLimits();
      return new Sum(
          0,
          reserved - used,
          1,
          reserved,
          told ? seen : RateLimitObservation.NONE,
          told ? nanoNow : 0,
          true,
          false,
          !told && seen.usable() ? 1 : 0);
    }

    /** Calls were not sent, or were refused: they used nothing. */
    static Sum unused(int calls, double reserved) {
      return new Sum(
          calls, reserved, calls, reserved, RateLimitObservation.NONE, 0, false, false, 0);
    }

    /** A call brought no answer; so many tokens are given back. */
    static Sum unanswered(double reserved, double tokensBack) {
      return new Sum(0, tokensBack, 1, reserved, RateLimitObservation.NONE, 0, false, true, 0);
    }

    /** Seconds since the last response told. */
    double age(long now) {
      return Math.max(0, (now - toldAt) / NANOS_A_SECOND);
    }

    private Sum and(Sum later) {
      boolean news = later.told.tellsLimits();
      return new Sum(
          callsBack + later.callsBack,
          tokensBack + later.tokensBack,
          callsDone + later.callsDone,
          tokensDone + later.tokensDone,
          news ? later.told : told,
          news ? later.toldAt : toldAt,
          answered || later.answered,
          failed || later.failed,
          news ? later.untold : untold + later.untold);
    }
  }

  /** Something to write about a model beside sums. */
  @FunctionalInterface
  interface News {
    /** Writes it; {@code age} is the time since it happened. */
    void write(Connection connection, QuotaRow row, Duration age) throws SQLException;
  }

  private record Dated(News news, long nanos) {}

  /**
   * What is taken to be written.
   *
   * @param sum of what became of calls; null when nothing did
   */
  record Taken(@Nullable Sum sum, List<Dated> news) {

    static final Taken NOTHING = new Taken(null, List.of());

    boolean isEmpty() {
      return sum == null && news.isEmpty();
    }

    void writeNews(Connection connection, QuotaRow row, long nanoNow) throws SQLException {
      for (Dated each : news) {
        each.news.write(connection, row, Duration.ofNanos(Math.max(0, nanoNow - each.nanos)));
      }
    }
  }

  private static final class Model {
    private @Nullable Sum sum;
    private final Deque<Dated> news = new ArrayDeque<>();
    private double calls;
    private double tokens;
    private long lastNanos;
  }

  private final String holder;
  private final LongSupplier nanoClock;
  private final Map<String, Model> models = new ConcurrentHashMap<>();

  /**
   * @param holder names this replica
   * @param nanoClock as {@link System#nanoTime}
   */
  PendingSettlements(String holder, LongSupplier nanoClock) {
    this.holder = holder;
    this.nanoClock = nanoClock;
  }

  private Model model(String model) {
    return models.computeIfAbsent(model, name -> new Model());
  }

  /** Calls were granted. */
  synchronized void granted(String model, double calls, double tokens) {
    Model of = model(model);
    of.calls += calls;
    of.tokens += tokens;
    of.lastNanos = nanoClock.getAsLong();
  }

  /** Something became of calls. */
  synchronized void add(String model, Sum sum) {
    Model of = model(model);
    of.sum = of.sum == null ? sum : of.sum.and(sum);
    of.lastNanos = nanoClock.getAsLong();
  }

  /** Something is to be written. */
  synchronized void add(String model, News news) {
    Deque<Dated> all = model(model).news;
    all.addLast(new Dated(news, nanoClock.getAsLong()));
    if (all.size() > MOST_NEWS) {
      all.removeFirst();
    }
  }

  /** Takes what is pending for a model: what is done is not held any more. */
  synchronized Taken take(String model) {
    Model of = model(model);
    Taken taken = new Taken(of.sum, new ArrayList<>(of.news));
    of.sum = null;
    of.news.clear();
    if (taken.sum() != null) {
      of.calls = Math.max(0, of.calls - taken.sum().callsDone());
      of.tokens = Math.max(0, of.tokens - taken.sum().tokensDone());
    }
    return taken;
  }

  /** Puts back what could not be written. */
  synchronized void putBack(String model, Taken taken) {
    Model of = model(model);
    if (taken.sum() != null) {
      of.sum = of.sum == null ? taken.sum() : taken.sum().and(of.sum);
      of.calls += taken.sum().callsDone();
      of.tokens += taken.sum().tokensDone();
    }
    for (int i = taken.news().size() - 1; i >= 0; i--) {
      of.news.addFirst(taken.news().get(i));
    }
  }

  /** What this replica holds of a model. */
  synchronized OpenReservations mine(String model) {
    Model of = model(model);
    if (nanoClock.getAsLong() - of.lastNanos > FORGOTTEN_NANOS) {
      of.calls = 0;
      of.tokens = 0;
    }
    return new OpenReservations(holder, of.calls, of.tokens);
  }

  /** Models of which something is pending. */
  synchronized Set<String> changed() {
    return names(false);
  }

  /** Models of which something is pending or held: others believe that only for a while. */
  synchronized Set<String> held() {
    return names(true);
  }

  private Set<String> names(boolean alsoHeld) {
    return models.entrySet().stream()
        .filter(
            each ->
                each.getValue().sum != null
                    || !each.getValue().news.isEmpty()
                    || (alsoHeld && mine(each.getKey()).calls() > 0))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
