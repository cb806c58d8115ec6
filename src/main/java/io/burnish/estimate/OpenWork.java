package io.burnish.estimate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs that share the calls, and their shares by weight as in {@link io.burnish.queue.Claim}. A
 * call is divided by weight among the jobs that have records left. For one thread.
 */
final class OpenWork {

  private static final int WEIGHT_OF_STEP = 3;

  private final Job own;
  private final List<Job> others = new ArrayList<>();
  private final double aging;

  /** A job with its step of priority, its age in seconds, and the records left. */
  private static final class Job {
    final int step;
    final double age;
    double left;

    Job(int step, double age, double left) {
      this.step = step;
      this.age = age;
      this.left = left;
    }
  }

  /**
   * An open job.
   *
   * @param step 0 for low priority, 1 for normal, 2 for high
   * @param age since it was posted
   * @param left records that are not decided
   */
  record OpenJob(int step, Duration age, double left) {}

  /**
   * @param step of the job itself
   * @param left its records
   * @param aging time after which a job counts as one step higher
   */
  OpenWork(int step, double left, List<OpenJob> beside, Duration aging) {
    this.own = new Job(step, 0, left);
    this.aging = aging.toMillis() / 1e3;
    beside.forEach(job -> others.add(new Job(job.step(), job.age().toMillis() / 1e3, job.left())));
  }

  /** Records of the job itself that are left. */
  double left() {
    return own.left;
  }

  /** Records of all jobs that are left. */
  double all() {
    return own.left + others.stream().mapToDouble(job -> job.left).sum();
  }

  /**
   * Takes the records of a call.
   *
   * @param records at most as many as are left
   * @param now seconds from the start
   * @return how many of them are of the job itself
   */
  double take(double records, double now) {
    int highest = others.stream().mapToInt(job -> job.step).reduce(own.step, Math::max);
    double weights =
        weight(own, highest, now)
            + others.stream().mapToDouble(job -> weight(job, highest, now)).sum();
    double ofOwn = Math.min(own.left, records * weight(own, highest, now) / weights);
    double rest = records - ofOwn;
    for (Job job : others) {
      double part =
          Math.min(job.left, Math.min(rest, records * weight(job, highest, now) / weights));
      job.left -= part;
      rest -= part;
    }
    double more = Math.min(own.left - ofOwn, rest);
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
