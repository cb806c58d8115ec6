package io.burnish.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failed items of a job that have one code.
 *
 * @param code stable code of why they failed
 * @param count how many
 * @param examples the first of them, in input order
 */
public record FailureGroup(String code, int count, List<Example> examples) {

  /**
   * One of the items.
   *
   * @param seq position in the job's input, from 0
   * @param key the owner's key; null: none
   * @param error the first sentence of why it failed
   */
  public record Example(int seq, @Nullable String key, String error) {}
}
