package io.burnish.api.view;

import io.burnish.job.spec.JobDirectory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The write-back of a job's results to its data directory.
 *
 * @param dataDir below the root of the service; {@code .} is the root
 * @param state {@code waiting}: the job has not ended, or another one on the directory goes first;
 *     {@code pending}: a replica writes, or is about to; {@code failing}: the last try failed;
 *     {@code written}
 * @param tries since the job ended
 * @param error why the last try failed; null: it did not
 * @param nextTryAt null unless the state is failing
 * @param writtenAt null unless the state is written
 */
public record WriteBackView(
    String dataDir,
    String state,
    int tries,
    @Nullable String error,
    @Nullable Instant nextTryAt,
    @Nullable Instant writtenAt) {

  static WriteBackView of(JobDirectory directory, boolean ended) {
    String state =
        directory.writtenAt() != null
            ? "written"
            : !ended || directory.held()
                ? "waiting"
                : directory.error() != null ? "failing" : "pending";
    return new WriteBackView(
        directory.path(),
        state,
        directory.tries(),
        directory.error(),
        state.equals("failing") ? directory.nextTryAt() : null,
        directory.writtenAt());
  }
}
