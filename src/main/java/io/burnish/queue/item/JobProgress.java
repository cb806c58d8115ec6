package io.burnish.queue.item;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a job after a completion.
 *
 * @param doneBefore decided items before the completion
 * @param finished whether this completion ended the job; true exactly once per job and retry
 * @param endRequested {@code cancelled} or {@code expired}: the state in which the job ends; null:
 *     it ends completed
 */
public record JobProgress(
    UUID jobId,
    int total,
    int succeeded,
    int failed,
    int reused,
    int cancelled,
    int doneBefore,
    boolean finished,
    @Nullable String endRequested) {

  /** Decided items. */
  public int done() {
    return succeeded + failed + cancelled;
  }
}
