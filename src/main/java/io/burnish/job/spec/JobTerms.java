package io.burnish.job.spec;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a job says about it, beside its options; workers do not need it.
 *
 * @param deadline when the job expires: what is not decided by then is cancelled; null: never
 * @param metadata the owner's own pairs, given back with the job
 * @param callbackUrl where its end and its pauses are told; null: nowhere
 * @param budget the most that it may spend
 * @param dataDir the directory that its files are from, and its results go to, as {@link
 *     JobDirectory#path}; null: none
 */
public record JobTerms(
    @Nullable Instant deadline,
    Map<String, String> metadata,
    @Nullable String callbackUrl,
    JobBudget budget,
    @Nullable String dataDir) {

  /** No deadline, no metadata, no callbacks, no budget, no directory. */
  public static final JobTerms NONE = new JobTerms(null, Map.of(), null, JobBudget.NONE, null);

  /** Sorts the pairs. */
  public JobTerms {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** The same on a data directory. */
  public JobTerms in(@Nullable String directory) {
    return new JobTerms(deadline, metadata, callbackUrl, budget, directory);
  }
}
