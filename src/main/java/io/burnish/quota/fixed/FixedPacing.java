package io.burnish.quota.fixed;

import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.Pacing;
import io.burnish.quota.limit.QuotaConfig;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
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
 * One call at a time over all replicas, with fixed delays between calls, as in the replaced script:
 * for providers that report no limits. The end of a call is written at once; if the database does
 * not answer, before the next call. Thread-safe.
 */
public final class FixedPacing implements Pacing {

  private static final Logger LOG = Logger.getLogger(FixedPacing.class);

  /** A call that did not end for so long is abandoned: no call takes as long. */
  private static final long ABANDONED_NANOS = Duration.ofMinutes(3).toNanos();

  private final Transactions sql;
  private final QuotaConfig.Delays delays;
  private final FixedDelayPermit permit;
  private final LongSupplier nanoClock;
  private final Deque<Write> unwritten = new ArrayDeque<>();
  private OptionalLong inFlight = OptionalLong.empty();
  private long sentAt;
  private boolean warned;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public FixedPacing(
      Transactions sql,
      QuotaConfig.Delays delays,
      FixedDelayPermit permit,
      LongSupplier nanoClock) {
    this.sql = sql;
    this.delays = delays;
    this.permit = permit;
    this.nanoClock = nanoClock;
  }

  /** A change to the permit. */
  @FunctionalInterface
  private interface Write {
    void on(Connection connection) throws SQLException;
  }

  @Override
  public synchronized Grant reserve(String model, int calls, long tokensEach) {
    if (inFlight.isPresent() && nanoClock.getAsLong() - sentAt < ABANDONED_NANOS) {
      return FixedDelayPermit.IN_FLIGHT;
    }
    inFlight = OptionalLong.empty();
    FixedDelayPermit.Acquisition acquired =
        sql.run(
            connection -> {
              for (Write write : unwritten) {
                write.on(connection);
              }
              return permit.acquire(connection, model);
            });
    written();
    inFlight = acquired.callNo();
    sentAt = nanoClock.getAsLong();
    return acquired.grant();
  }

  @Override
  public synchronized void refund(String model, int calls, long tokens) {
    if (calls > 0 && inFlight.isPresent()) {
      FixedDelayPermit.Call call = new FixedDelayPermit.Call(inFlight.getAsLong(), model);
      inFlight = OptionalLong.empty();
      write(connection -> permit.release(connection, call));
    }
  }

  @Override
  public void settle(String model, long reserved, long used, RateLimitObservation observation) {
    ended(model, delays.request());
  }

  @Override
  public void throttled(String model, long reserved, ThrottleNotice notice) {
    ended(model, delays.throttled());
  }

  @Override
  public void failed(String model, long reserved, Charge charge) {
    ended(model, delays.retry());
  }

  @Override
  public void invalidAnswer() {
    write(connection -> permit.delayNext(connection, delays.retry()));
  }

  private synchronized void ended(String model, Duration delay) {
    if (inFlight.isEmpty()) {
      write(connection -> permit.delayNext(connection, delay));
      return;
    }
    FixedDelayPermit.Call call = new FixedDelayPermit.Call(inFlight.getAsLong(), model);
    long endedAt = nanoClock.getAsLong();
    inFlight = OptionalLong.empty();
    write(
        connection ->
            permit.complete(
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
            "Fixed pacing: cannot write the end of a call: %s. It is kept; retry before the next call",
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
  public synchronized void renew() {
    flush();
    inFlight.ifPresent(this::renewPermit);
  }

  private void renewPermit(long callNo) {
    try {
      sql.run(
          connection -> {
            permit.renew(connection, callNo);
            return true;
          });
    } catch (RuntimeException e) {
      LOG.debugf(
          e, "Fixed pacing: cannot renew the permit of the call in flight; retry in a few seconds");
    }
  }

  @Override
  public void pause(String model, Duration pause, String reason) {
    // Only the delays apply.
  }

  @Override
  public void reset(String model) {
    // No limits are kept here.
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
  public void invalidateCache() {
    // No limits are kept here.
  }
}
