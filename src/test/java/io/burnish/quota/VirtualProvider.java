package io.burnish.quota;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.RateLimitObservation;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A provider's bucket of tokens a minute beside ours, in the same virtual time: calls arrive a
 * little after they were reserved, answers a little after they were given.
 */
final class VirtualProvider {

  private static final double NANOS = 1e9;

  private final VirtualReplica replica;
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

  VirtualProvider(VirtualReplica replica, double limit, double level, long seed) {
    this.replica = replica;
    this.limit = limit;
    this.level = level;
    this.random = new Random(seed);
  }

  /** Sends as many calls as our quota grants, for so many seconds, at most so many at once. */
  void saturate(double until, int atOnce, long need) throws SQLException {
    while (now < until) {
      double next = events.isEmpty() ? until : Math.min(until, events.peek().at());
      replica.at(now);
      Grant grant =
          inFlight < atOnce
              ? replica.reserve(atOnce - inFlight, need)
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

  private void send(long need) {
    inFlight++;
    sent++;
    double arrives = now + random.nextDouble() * 0.1;
    events.add(new Event(arrives, () -> admit(arrives, need)));
  }

  private void admit(double at, long need) {
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
                replica.at(comesBack);
                replica.refused(need, VirtualReplica.refusal(Dimension.TPM, limit, used));
              }));
      return;
    }
    level -= need;
    double answered = at + 0.3 + random.nextDouble() * 2;
    long actual = (long) (need * (0.4 + 0.6 * random.nextDouble()));
    events.add(new Event(answered, () -> answer(answered, need, actual)));
  }

  private void answer(double at, long need, long actual) {
    refill(at);
    level = Math.min(limit, level + need - actual);
    charged += actual;
    long remaining = (long) Math.floor(level);
    double comesBack = at + random.nextDouble() * 0.1;
    events.add(
        new Event(
            comesBack,
            () -> {
              inFlight--;
              replica.at(comesBack);
              replica.answered(need, actual, seen(remaining));
            }));
  }

  private RateLimitObservation seen(long remaining) {
    double full = (limit - remaining) * 60 / limit;
    return new RateLimitObservation(
        RateLimitObservation.Reported.NONE,
        VirtualReplica.told((long) limit, remaining, full),
        true);
  }

  private void refill(double at) {
    level = Math.min(limit, level + (at - levelAt) * limit / 60);
    levelAt = at;
  }
}
