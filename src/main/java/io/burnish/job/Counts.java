package io.burnish.job;

/**
 * Items of a job or a file.
 *
 * @param total in all
 * @param succeeded enhanced and proven
 * @param failed given up, each with its reasons
 * @param reused part of succeeded: those that cost no call
 * @param cancelled decided by the job's cancelling
 */
public record Counts(int total, int succeeded, int failed, int reused, int cancelled) {

  /** Decided items. */
  public int done() {
    return succeeded + failed + cancelled;
  }
}
