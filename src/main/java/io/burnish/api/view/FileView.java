package io.burnish.api.view;

import io.burnish.job.state.Counts;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the job; error is null when it was accepted. A call that is shared with other files
 * counts by the records of each. cost is in US$; null: a model that was called has no price.
 */
public record FileView(
    String name,
    String state,
    @Nullable String error,
    FileCounts counts,
    JobView.Tokens tokens,
    @Nullable BigDecimal cost,
    Map<String, String> links) {

  /** Items of a file. */
  public record FileCounts(
      int total, int pending, int succeeded, int failed, int reused, int cancelled) {

    static FileCounts of(Counts counts) {
      return new FileCounts(
          counts.total(),
          counts.total() - counts.done(),
          counts.succeeded(),
          counts.failed(),
          counts.reused(),
          counts.cancelled());
    }
  }
}
