package io.burnish.estimate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs that share the calls, and their shares by weight as in {@link
 * io.burnish.queue.claim.Claim}. A call is divided by weight among the jobs that have records left.
 * For one thread.
 */
final class OpenWork {

  private static final int WEIGHT_OF_STEP = 3;

  /** Parts of a record below this are what rounding leaves. */
  private static final double NONE = 1e-6;

  private final Job own;
  private final List<Job> others = new ArrayList<>();
  private final double aging;

  /** A job with its step of priority, its age in seconds, and the records left. */
  private static final class Job {
    final int step;
    final double age;
    final boolean ahead;
    double left;

    Job(int step, double age, boolean ahead, double left) {
      this.step = step;
      this.age = age;
      this.ahead = ahead;
      this.left = left;
    }
  }

  /**
   * An open job.
   *
   * @param step 0 for low priority, 1 for normal, 2 for high
   * @param age since it was posted
   * @param left records that are not decided
   * @param ahead whether the job itself begins only when this one has ended
   */
  record OpenJob(int step, Duration age, double left, boolean ahead) {}

  /**
   * @param step of the job itself
   * @param left its records
   * @param aging time after which a job counts as one step higher
   */
  OpenWork(int step, double left, List<OpenJob> beside, Duration aging) {
    this.own = new Job(step, 0, false, left);
    this.aging = aging.toMillis() / 1e3;
    beside.forEach(
        job ->
            others.add(new Job(job.step(), job.age().toMillis() / 1e3, job.ahead(), job.left())));
  }

  /** Records of the job itself that are left. */
  double left() {
    return own.left;
  }

  /** Whether a job that goes ahead has records left: no record of the job itself is sent. */
  boolean isHeld() {
    return others.stream().anyMatch(job -> job.ahead && job.left > NONE);
  }

  /** Whether a job goes ahead, be it that its last records are in flight. */
  boolean hasAhead() {
    return others.stream().anyMatch(job -> job.ahead);
  }

  /** Records of the other jobs that are left. */
  double ofOthers() {
    return others.stream().mapToDouble(job -> job.left).sum();
  }

  /** The other jobs have no records left from now on. */
  void dropOthers() {
    others.clear();
  }

  /**
   * Takes the records of a call.
   *
   * @param records at most as many as are left
   * @param now seconds from the start
   * @param withoutOwn whether they are of the other jobs alone
   * @return how many of them are of the job itself
   */
  double take(double records, double now, boolean withoutOwn) {
    int highest = others.stream().mapToInt(job -> job.step).reduce(own.step, Math::max);
    double ownWeight = withoutOwn ? 0 : weight(own, highest, now);
    double weights =
        ownWeight + others.stream().mapToDouble(job -> weight(job, highest, now)).sum();
    double ofOwn = Math.min(own.left, records * ownWeight / weights);
    double rest = records - ofOwn;
    for (Job job : others) {
      double part =
          Math.min(job.left, Math.min(rest, records * weight(job, highest, now) / weights));
      job.left -= part;
      rest -= part;
    }
    double more = withoutOwn ? 0 : Math.min(own.left - ofOwn, rest);
    rest -= more;
    for (Job job : others) {
      double part = Math.min(job.left, rest);
      job.left -= part;
      rest -= part;
    }
    others.removeIf(job -> job.left <= 0);
    own.left -= ofOwn + more;
    return ofOwn + more;
  }

  private double weight(Job job, int highest, double now) {
    return Math.pow(
        WEIGHT_OF_STEP, Math.min(highest, job.step + Math.floor((job.age + now) / aging)));
  }
}
