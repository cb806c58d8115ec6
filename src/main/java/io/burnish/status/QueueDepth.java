package io.burnish.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items that are not decided. Ready ones are not counted, because they may be millions: they
 * are what the counters of the jobs leave.
 *
 * @param open all of them
 * @param running claimed by a worker
 * @param waiting until a time; {@link #COUNTED} at most
 * @param paused of paused jobs, running ones included; part of the others
 * @param waits the waiting ones by reason
 * @param oldestReady time since the oldest job with a ready item was posted; null: no item is ready
 * @param jobs number of open jobs by the word of their state
 */
public record QueueDepth(
    long open,
    long running,
    long waiting,
    long paused,
    List<Wait> waits,
    @Nullable Duration oldestReady,
    Map<String, Long> jobs) {

  /** Waiting items that are counted. */
  public static final int COUNTED = 10_000;

  /**
   * Items that wait for one reason.
   *
   * @param reason word of it
   * @param items how many
   * @param until the earliest end of a wait
   */
  public record Wait(String reason, long items, Instant until) {}

  /** Items that can be claimed; at most so many when {@link #isEstimated}. */
  public long ready() {
    return Math.max(0, open - running - waiting);
  }

  /** Whether more items wait than were counted. */
  public boolean isEstimated() {
    return waiting >= COUNTED;
  }
}
