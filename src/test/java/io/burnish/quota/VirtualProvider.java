package io.burnish.quota;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A provider's bucket of tokens a minute beside ours, in the same virtual time: calls arrive a
 * little after they were reserved, answers a little after they were given.
 */
final class VirtualProvider {

  static final String MODEL = "m";
  private static final double NANOS = 1e9;

  private final Connection connection;
  private final Random random;
  private final double limit;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at));
  private double now;
  private double level;
  private double levelAt;
  private int inFlight;

  int sent;
  int refused;
  double charged;

  private record Event(double at, Step step) {}

  private interface Step {
    void take() throws SQLException;
  }

  VirtualProvider(Connection connection, double limit, double level, long seed) {
    this.connection = connection;
    this.limit = limit;
    this.level = level;
    this.random = new Random(seed);
  }

  /** Sends as many calls as our quota grants, for so many seconds, at most so many at once. */
  void saturate(double until, int atOnce, double need) throws SQLException {
    while (now < until) {
      double next = events.isEmpty() ? until : Math.min(until, events.peek().at());
      VirtualDatabase.at(connection, now);
      Grant grant =
          inFlight < atOnce
              ? ReserveStatement.reserve(connection, MODEL, atOnce - inFlight, need)
              : Grant.denied(java.time.Duration.ofHours(1), "hands");
      for (int i = 0; i < grant.calls(); i++) {
        send(need);
      }
      if (grant.calls() == 0) {
        next = Math.min(next, now + grant.waitTime().toNanos() / NANOS);
        now = Math.min(until, Math.max(next, now + 0.001));
      }
      while (!events.isEmpty() && events.peek().at() <= now) {
        Event event = events.poll();
        event.step().take();
      }
    }
  }

  /** Another caller takes so many tokens, every so many seconds, until a time. */
  void others(double tokens, double every, double until) {
    for (double at = every; at < until; at += every) {
      double when = at;
      events.add(
          new Event(
              when,
              () -> {
                refill(when);
                level -= Math.min(tokens, level);
              }));
    }
  }

  private void send(double need) {
    inFlight++;
    sent++;
    double arrives = now + random.nextDouble() * 0.1;
    events.add(new Event(arrives, () -> admit(arrives, need)));
  }

  private void admit(double at, double need) {
    refill(at);
    if (level < need) {
      refused++;
      double used = Math.rint(limit - level);
      double comesBack = at + random.nextDouble() * 0.1;
      events.add(
          new Event(
              comesBack,
              () -> {
                inFlight--;
                VirtualDatabase.at(connection, comesBack);
                end(need);
                Learning.refused(
                    connection,
                    MODEL,
                    new Refusal(
                        java.util.Optional.of(Dimension.TPM),
                        java.util.Optional.of(limit),
                        java.util.Optional.of(used),
                        java.util.Optional.empty()));
              }));
      return;
    }
    level -= need;
    double answered = at + 0.3 + random.nextDouble() * 2;
    double actual = need * (0.4 + 0.6 * random.nextDouble());
    events.add(new Event(answered, () -> answer(answered, need, actual)));
  }

  private void answer(double at, double need, double actual) {
    refill(at);
    level = Math.min(limit, level + need - actual);
    charged += actual;
    double remaining = Math.floor(level);
    double comesBack = at + random.nextDouble() * 0.1;
    events.add(
        new Event(
            comesBack,
            () -> {
              inFlight--;
              VirtualDatabase.at(connection, comesBack);
              SettleStatement.settle(
                  connection,
                  MODEL,
                  new Pending.Sum(
                      0, need - actual, 1, need, remaining, null, (long) (at * NANOS), true),
                  (long) (comesBack * NANOS));
            }));
  }

  private void end(double need) throws SQLException {
    SettleStatement.settle(
        connection, MODEL, new Pending.Sum(1, need, 1, need, null, null, 0, false), 0);
  }

  private void refill(double at) {
    level = Math.min(limit, level + (at - levelAt) * limit / 60);
    levelAt = at;
  }
}
