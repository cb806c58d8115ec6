package io.burnish.job.spec;

import io.burnish.queue.item.NewItem;
import io.burnish.tracking.decision.TrackingScope;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A validated request, ready to be stored as a job.
 *
 * @param name the name that the owner gave it, or null
 * @param profile name of the profile
 * @param mode what to do with the records
 * @param scope whose decisions the job uses and adds to
 * @param priority its weight in each claim
 * @param options the other options
 * @param terms deadline and metadata
 * @param files in their order; empty when the records came without files
 * @param items in input order, file by file in the order of {@code files}; iterated once, while
 *     they are stored
 * @param filtered records that are no items, as the filter left them out; known once the items were
 *     iterated
 */
public record JobSubmission(
    @Nullable String name,
    String profile,
    JobMode mode,
    TrackingScope scope,
    JobPriority priority,
    JobOptions options,
    JobTerms terms,
    List<File> files,
    Iterable<NewItem> items,
    IntSupplier filtered) {

  /** {@code groq} or {@code simulated}. */
  public String provider() {
    return scope.provider();
  }

  /**
   * A file of the request.
   *
   * @param name the name that the owner gave it; unique within the job
   * @param error why it was rejected, or null when it was accepted
   */
  public record File(String name, @Nullable String error) {

    /** Whether its records are part of the job. */
    public boolean accepted() {
      return error == null;
    }
  }
}
