package io.burnish.job.state;

/**
 * Items of a job or a file.
 *
 * @param total all of them
 * @param succeeded enhanced and proven
 * @param failed ended without a result, each with its reasons
 * @param reused part of succeeded: decided without a call
 * @param cancelled not decided when the job was cancelled
 */
public record Counts(int total, int succeeded, int failed, int reused, int cancelled) {

  /** Decided items. */
  public int done() {
    return succeeded + failed + cancelled;
  }
}
