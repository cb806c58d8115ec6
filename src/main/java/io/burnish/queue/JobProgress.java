package io.burnish.queue;

import java.util.UUID;

/**
 * The counters of a job after a completion.
 *
 * @param doneBefore decided items before the completion
 * @param finished whether this completion ended the job; true exactly once per job
 */
public record JobProgress(
    UUID jobId,
    int total,
    int succeeded,
    int failed,
    int reused,
    int cancelled,
    int doneBefore,
    boolean finished) {

  /** Decided items. */
  public int done() {
    return succeeded + failed + cancelled;
  }
}
