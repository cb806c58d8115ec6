package io.burnish.job.spec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of a job, and the write-back of its results.
 *
 * @param path below the root, without a slash at its ends, such as {@code sub/dir}; {@code .} is
 *     the root
 * @param held whether a job on an overlapping directory goes first
 * @param tries to write back since the job ended
 * @param error why the last try failed; null: it did not, or there was none
 * @param nextTryAt null when all files are written
 * @param writtenAt when all files were written; null: not yet
 */
public record JobDirectory(
    String path,
    boolean held,
    int tries,
    @Nullable String error,
    @Nullable Instant nextTryAt,
    @Nullable Instant writtenAt) {

  /**
   * The path as it is stored: two directories overlap when one of them begins with the other.
   *
   * @param path as {@link #path}
   */
  public static String stored(String path) {
    return path.equals(".") ? "/" : "/" + path + "/";
  }
}
