package io.burnish.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of a job in virtual time: each by the first model in order of preference that has
 * room, beside the calls of other jobs, and after those of jobs that go ahead. Times are seconds
 * from now. For one thread.
 */
final class Timeline {

  /** Beyond so many calls the rest is taken to go on at the same rate. */
  private static final int MOST_CALLS = 1_000_000;

  /** Waits below this are over. */
  private static final double TICK = 1e-6;

  private final List<ModelForecast> models;
  private final OpenWork work;
  private final Capacity capacity;
  private final List<Part> parts = new ArrayList<>();
  private final PriorityQueue<InFlight> inFlight =
      new PriorityQueue<>(Comparator.comparing(InFlight::slotFreeAt));
  private double now;
  private double releasedAt;
  private double firstAt = Double.POSITIVE_INFINITY;
  private double endsAt;

  Timeline(List<ModelForecast> models, OpenWork work, Capacity capacity) {
    this.models = models;
    this.work = work;
    this.capacity = capacity;
    models.forEach(model -> parts.add(new Part(model)));
  }

  /**
   * What the replicas can do.
   *
   * @param slots calls in flight at most; over 0
   * @param perCall seconds that each call costs the service
   * @param perRecord seconds that each record costs the service
   * @param pause seconds after an answer before the slot is used again
   */
  record Capacity(int slots, double perCall, double perRecord, double pause) {}

  /** A call; {@code own} of its records are the job's. */
  private record InFlight(ModelForecast model, double slotFreeAt, double refund, double own) {}

  /** What a model has done for the job. */
  static final class Part {
    final ModelForecast model;
    double calls;
    double records;
    double prompt;
    double cached;
    double completion;

    Part(ModelForecast model) {
      this.model = model;
    }

    /** A call of so many records, of which {@code own} are the job's. */
    private void add(double own, double all) {
      double share = own / all;
      calls += share;
      records += own;
      prompt += share * model.prompt(all);
      cached += share * model.cached(all);
      completion += share * model.completion(all);
    }
  }

  /**
   * The result.
   *
   * @param startsAt when the first call is sent; infinite: never
   * @param endsAt when the last answer comes; infinite: never
   * @param parts of the models, in order of preference
   */
  record Result(double startsAt, double endsAt, List<Part> parts) {

    /** The same calls, at no time that is known. */
    Result never() {
      return new Result(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, parts);
    }
  }

  /**
   * Calls about so many records are in flight at the start, spread over the models: their tokens
   * are reserved already, and they are halfway through.
   */
  Timeline withInFlight(double records) {
    double left = records;
    for (int i = 0; left > TICK && !models.isEmpty(); i++) {
      ModelForecast model = models.get(i % models.size());
      double ofCall = Math.min(model.mostRecords(), left);
      inFlight.add(new InFlight(model, model.experience().latency() / 2, model.refund(ofCall), 0));
      left -= ofCall;
    }
    return this;
  }

  /** Sends all calls of the job. */
  Result run() {
    if (!untilReleased()) {
      return new Result(firstAt, Double.POSITIVE_INFINITY, parts);
    }
    double total = work.left();
    int calls = 0;
    while (work.left() > TICK) {
      if (calls == MOST_CALLS) {
        return extrapolated(total / (total - work.left()));
      }
      Part next = next();
      if (next == null) {
        return new Result(firstAt, Double.POSITIVE_INFINITY, parts);
      }
      send(next, false);
      calls++;
    }
    return new Result(firstAt, Math.max(endsAt + askedAgain(), releasedAt), parts);
  }

  /**
   * Seconds after the last answers until the records of them that were refused are answered again:
   * a call's time, by the probability that there is such a record.
   */
  private double askedAgain() {
    double allAccepted = 1;
    double longest = 0;
    for (InFlight call : inFlight) {
      Experience experience = call.model().experience();
      allAccepted *= Math.pow(1 - experience.refused(), call.own());
      longest = Math.max(longest, experience.latency());
    }
    return (1 - allAccepted) * longest;
  }

  /** Sends calls of other jobs until those that go ahead have ended; false: they never do. */
  private boolean untilReleased() {
    double ended =
        work.hasAhead() ? inFlight.stream().mapToDouble(InFlight::slotFreeAt).max().orElse(0) : 0;
    double total = work.ofOthers();
    for (int calls = 0; work.isHeld(); calls++) {
      if (calls == MOST_CALLS) {
        ended = now * total / (total - work.ofOthers());
        work.dropOthers();
        continue;
      }
      Part next = next();
      if (next == null) {
        return false;
      }
      ended = Math.max(ended, send(next, true));
    }
    releasedAt = ended;
    now = Math.max(now, ended);
    return true;
  }

  /** Waits for the next call that may be sent; null: none ever. */
  private @Nullable Part next() {
    while (true) {
      while (!inFlight.isEmpty() && inFlight.peek().slotFreeAt() <= now) {
        InFlight ended = inFlight.remove();
        ended.model().quota().refund(now, ended.refund());
      }
      double wait = Double.POSITIVE_INFINITY;
      if (inFlight.size() < capacity.slots()) {
        for (Part part : parts) {
          double of = part.model.waitFor(now);
          if (of < TICK) {
            return part;
          }
          wait = Math.min(wait, of);
        }
      }
      double end = inFlight.isEmpty() ? Double.POSITIVE_INFINITY : inFlight.peek().slotFreeAt();
      double at = Math.min(now + wait, end);
      if (Double.isInfinite(at)) {
        return null;
      }
      now = at;
    }
  }

  /** Sends a call, of other jobs alone or of all; when its answer comes. */
  private double send(Part part, boolean withoutOwn) {
    ModelForecast model = part.model;
    double left = work.ofOthers() + (withoutOwn ? 0 : work.left());
    double records = Math.min(model.mostRecords(), left);
    double own = work.take(records, now, withoutOwn);
    model.quota().reserve(now, model.reserved(records));
    double answeredAt = now + model.experience().latency();
    inFlight.add(new InFlight(model, answeredAt + capacity.pause(), model.refund(records), own));
    if (own > 0) {
      part.add(own, records);
      firstAt = Math.min(firstAt, now);
      endsAt = Math.max(endsAt, answeredAt);
    }
    now += capacity.perCall() + records * capacity.perRecord();
    return answeredAt;
  }

  private Result extrapolated(double factor) {
    for (Part part : parts) {
      part.calls *= factor;
      part.records *= factor;
      part.prompt *= factor;
      part.cached *= factor;
      part.completion *= factor;
    }
    return new Result(firstAt, firstAt + (endsAt - firstAt) * factor, parts);
  }
}
