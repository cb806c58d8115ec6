package io.burnish.job;

import java.util.Set;

/**
 * What a job's owner may choose.
 *
 * @param dedupe which records count as the same
 * @param retryFailed whether records that failed in an earlier job are asked about again
 * @param rulesOff names of the rules not to apply
 */
public record JobOptions(Dedupe dedupe, boolean retryFailed, Set<String> rulesOff) {

  /** What is chosen when nothing is. */
  public static final JobOptions DEFAULT = new JobOptions(Dedupe.CONTENT, false, Set.of());

  /** Which records count as the same. */
  public enum Dedupe {
    /** Those whose fields that a model reads are equal. */
    CONTENT,
    /**
     * Those of the same key, whatever they say: the first is asked about, and a key that was
     * processed before, here or by the script whose state file was imported, is not sent again. For
     * owners whose keys are unique, and who come from that script.
     */
    ID,
    /** None: each is asked about. */
    NONE
  }
}
