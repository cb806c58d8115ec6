package io.burnish.job;

import io.burnish.queue.NewItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch, found whole, ready to be stored.
 *
 * @param name what its owner calls it, or null
 * @param profile name of the profile
 * @param mode what to do with the records
 * @param provider {@code groq} or {@code simulated}
 * @param priority how much of the work at hand it gets
 * @param options the owner's other choices
 * @param files in their order; empty when the records came without files
 * @param items in input order, those of a file together and the files in their order; asked for
 *     once, while they are stored
 */
public record JobSubmission(
    @Nullable String name,
    String profile,
    JobMode mode,
    String provider,
    JobPriority priority,
    JobOptions options,
    List<File> files,
    Iterable<NewItem> items) {

  /**
   * A file of the batch.
   *
   * @param name as its owner named it; distinct within the job
   * @param error why it was rejected, or null when it was accepted
   */
  public record File(String name, @Nullable String error) {

    /** Whether its records are part of the job. */
    public boolean accepted() {
      return error == null;
    }
  }
}
