package io.burnish.quota;

import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * An endpoint in virtual time, and replicas that send it as much as their quotas grant: each has so
 * many hands, asks again when one is free, and when it was told to wait.
 */
public final class VirtualEndpoint {

  /** A replica looks again after so long at the latest, as the worker does. */
  private static final double LONGEST_PAUSE = 2;

  /** A refusal comes at once, however long answers take. */
  private static final double REFUSED_AFTER = 0.02;

  private final VirtualTransactions time;
  private final List<Sender> senders = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at));
  private final double latency;
  private double now;

  /** Calls that are answered at once; one more is refused. */
  public int mostInFlight = Integer.MAX_VALUE;

  /** Calls a minute, in a bucket that holds as many; infinite: no limit. */
  public double perMinute = Double.POSITIVE_INFINITY;

  /** What answers tell. */
  public RateLimitObservation tells = VirtualReplica.untold();

  int inFlight;
  public int most;
  public int answered;
  public int refused;
  private double bucket;
  private double bucketAt;

  private record Event(double at, Step step) {}

  private interface Step {
    void take() throws SQLException;
  }

  private static final class Sender {
    private final VirtualReplica replica;
    private final int hands;
    private final long each;
    private int busy;
    private double looksAt;

    Sender(VirtualReplica replica, int hands, long each) {
      this.replica = replica;
      this.hands = hands;
      this.each = each;
    }
  }

  public VirtualEndpoint(VirtualTransactions time, double latency) {
    this.time = time;
    this.latency = latency;
  }

  /** A replica that sends calls of so many tokens. */
  public VirtualEndpoint sender(VirtualReplica replica, int hands, long each) {
    senders.add(new Sender(replica, hands, each));
    return this;
  }

  /** Goes on until a time; how many were in flight at most since then. */
  public VirtualEndpoint until(double end) throws SQLException {
    most = 0;
    while (now < end) {
      time.at(now);
      for (Sender sender : senders) {
        if (sender.looksAt <= now && sender.busy < sender.hands) {
          look(sender);
        }
      }
      double next = end;
      for (Sender sender : senders) {
        next = sender.busy < sender.hands ? Math.min(next, sender.looksAt) : next;
      }
      next = events.isEmpty() ? next : Math.min(next, events.peek().at());
      now = Math.min(end, Math.max(next, now + 0.001));
      time.at(now);
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.poll().step().take();
      }
    }
    return this;
  }

  private void look(Sender sender) {
    Grant grant = sender.replica.reserve(sender.hands - sender.busy, sender.each);
    for (int i = 0; i < grant.calls(); i++) {
      send(sender);
    }
    sender.looksAt =
        grant.calls() > 0 ? now : now + Math.min(LONGEST_PAUSE, grant.waitTime().toNanos() / 1e9);
  }

  private void send(Sender sender) {
    sender.busy++;
    bucket =
        Double.isInfinite(perMinute)
            ? 1
            : Math.min(perMinute, bucket + (now - bucketAt) * perMinute / 60);
    bucketAt = now;
    if (inFlight >= mostInFlight || bucket < 1) {
      refused++;
      events.add(new Event(now + REFUSED_AFTER, () -> refused(sender)));
      return;
    }
    bucket--;
    inFlight++;
    most = Math.max(most, inFlight);
    events.add(new Event(now + latency, () -> answered(sender)));
  }

  private void refused(Sender sender) {
    sender.busy--;
    sender.replica.pacing.throttled(
        VirtualReplica.MODEL,
        sender.each,
        new ThrottleNotice(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.<Duration>empty()));
    sender.looksAt = now;
  }

  private void answered(Sender sender) {
    sender.busy--;
    inFlight--;
    answered++;
    sender.replica.pacing.settle(VirtualReplica.MODEL, sender.each, sender.each / 2, tells);
    sender.looksAt = now;
  }
}
