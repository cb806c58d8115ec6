package io.burnish.job.spec;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of a job, chosen by its owner.
 *
 * @param dedupe which records count as the same
 * @param retryFailed whether records that failed in an earlier job are sent again
 * @param rulesOff names of the rules not to apply
 */
public record JobOptions(Dedupe dedupe, boolean retryFailed, Set<String> rulesOff) {

  /** Sorts the rules, so that equal options have the same JSON. */
  public JobOptions {
    if (rulesOff != null) {
      rulesOff = Collections.unmodifiableSortedSet(new TreeSet<>(rulesOff));
    }
  }

  /** The defaults. */
  public static final JobOptions DEFAULT = new JobOptions(Dedupe.CONTENT, false, Set.of());

  /** Which records count as the same. */
  public enum Dedupe {
    /** Records whose fields that a model reads are equal. */
    CONTENT,
    /**
     * Records with the same key, whatever their content. The first is sent; a key that was
     * processed before, by Burnish or in an imported state file, is not sent again. For owners with
     * unique keys who migrate from the script that Burnish replaces.
     */
    ID,
    /** None; each record is sent. */
    NONE
  }
}
