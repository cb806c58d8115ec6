package io.burnish.queue;

import java.util.UUID;

/**
 * A job's counters as a completion left them.
 *
 * @param doneBefore decided items before that completion
 * @param finished whether it was this completion that ended the job; true exactly once in a job's
 *     life
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
