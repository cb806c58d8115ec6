package io.burnish.quota;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * One call at a time over all replicas, and fixed delays between them: for providers that tell
 * nothing, and for those who want what the script did that Burnish replaces. What became of a call
 * is written at once; if the database does not take it, before the next call. Thread-safe.
 */
final class FixedPacing implements Pacing {

  private static final Logger LOG = Logger.getLogger(FixedPacing.class);

  /** A call that nobody ended for so long was lost: no call takes as long. */
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(3).toNanos();

  private final Transactions sql;
  private final QuotaConfig.Delays delays;
  private final FixedDelayPermit turn;
  private final LongSupplier nanoClock;
  private final Deque<Write> unwritten = new ArrayDeque<>();
  private OptionalLong inFlight = OptionalLong.empty();
  private long sentAt;
  private boolean warned;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  FixedPacing(
      Transactions sql, QuotaConfig.Delays delays, FixedDelayPermit turn, LongSupplier nanoClock) {
    this.sql = sql;
    this.delays = delays;
    this.turn = turn;
    this.nanoClock = nanoClock;
  }

  /** Something about the turn to write. */
  @FunctionalInterface
  private interface Write {
    void on(Connection connection) throws SQLException;
  }

  @Override
  public synchronized Grant reserve(String model, int calls, long tokensEach) {
    if (inFlight.isPresent() && nanoClock.getAsLong() - sentAt < FORGOTTEN_NANOS) {
      return FixedDelayPermit.IN_FLIGHT;
    }
    inFlight = OptionalLong.empty();
    FixedDelayPermit.Turn taken =
        sql.run(
            connection -> {
              for (Write write : unwritten) {
                write.on(connection);
              }
              return turn.take(connection, model);
            });
    written();
    inFlight = taken.callNo();
    sentAt = nanoClock.getAsLong();
    return taken.grant();
  }

  @Override
  public synchronized void unsent(String model, int calls, long tokens) {
    if (calls > 0 && inFlight.isPresent()) {
      FixedDelayPermit.Call call = new FixedDelayPermit.Call(inFlight.getAsLong(), model);
      inFlight = OptionalLong.empty();
      write(connection -> turn.unsent(connection, call));
    }
  }

  @Override
  public void answered(String model, long reserved, long used, RateLimitObservation seen) {
    ended(model, delays.request());
  }

  @Override
  public void refused(String model, long reserved, ThrottleNotice refusal) {
    ended(model, delays.throttled());
  }

  @Override
  public void unanswered(String model, long reserved, Charge charge) {
    ended(model, delays.retry());
  }

  @Override
  public void invalid() {
    write(connection -> turn.later(connection, delays.retry()));
  }

  private synchronized void ended(String model, Duration delay) {
    if (inFlight.isEmpty()) {
      write(connection -> turn.later(connection, delay));
      return;
    }
    FixedDelayPermit.Call call = new FixedDelayPermit.Call(inFlight.getAsLong(), model);
    long endedAt = nanoClock.getAsLong();
    inFlight = OptionalLong.empty();
    write(
        connection ->
            turn.ended(
                connection,
                call,
                delay,
                Duration.ofNanos(Math.max(0, nanoClock.getAsLong() - endedAt))));
  }

  private synchronized void write(Write write) {
    unwritten.addLast(write);
    flush();
  }

  @Override
  public synchronized void flush() {
    if (unwritten.isEmpty()) {
      return;
    }
    try {
      sql.run(
          connection -> {
            for (Write write : unwritten) {
              write.on(connection);
            }
            return true;
          });
      written();
    } catch (RuntimeException e) {
      if (!warned) {
        LOG.warnf(
            "Fixed pacing: the end of a call could not be written: %s; it is kept, and written before the next call",
            e.getMessage());
        warned = true;
      }
    }
  }

  private void written() {
    unwritten.clear();
    warned = false;
  }

  @Override
  public synchronized void keepUp() {
    flush();
    inFlight.ifPresent(this::prolong);
  }

  private void prolong(long callNo) {
    try {
      sql.run(
          connection -> {
            turn.prolong(connection, callNo);
            return true;
          });
    } catch (RuntimeException e) {
      LOG.debugf(e, "Fixed pacing: the turn of the call in flight was not prolonged");
    }
  }

  @Override
  public void paused(String model, Duration pause, String reason) {
    // The delays alone hold.
  }

  @Override
  public void forgotten(String model) {
    // Nothing is known of limits here.
  }

  @Override
  public boolean isUnlimited(String model) {
    return false;
  }

  @Override
  public Optional<Double> largest(String model) {
    return Optional.empty();
  }

  @Override
  public void changed() {
    // Nothing is known of limits here.
  }
}
