package io.burnish.tracking.legacy;

import io.burnish.profile.Profiles;
import io.burnish.profile.StateFileFields;
import io.burnish.record.JsonText;

/**
 * A {@code groq_tracking_state.json} of the script that Burnish replaces. It is validated first,
 * and read again during the import: only hashes of its ids are held in memory.
 *
 * @param source its text, which must stay readable and unchanged
 * @param processed how many different ids it lists as processed
 * @param failed how many different ids it lists as failed, and not as processed
 * @param models how many models it counts 429s of
 * @param passedOver how many ids were null or blank, and are ignored
 */
public record StateFile(
    JsonText.Source source, int processed, int failed, int models, int passedOver) {

  private static final StateFileFields LISTS = Profiles.ofStateFiles().stateFile().orElseThrow();

  static final String PROCESSED = LISTS.processed();
  static final String FAILED = LISTS.failed();
  static final String TIMES_429 = "model_429_count";

  /** Longest key or model name that can be imported, in characters. */
  static final int LONGEST_NAME = 500;

  /** Receives the entries of a file. */
  interface Entries {

    /**
     * An id, without blanks around it.
     *
     * @param processed false: failed
     */
    void key(String key, boolean processed);

    /** How often a model answered 429, as the file counts it; zero or more. */
    void times429(String model, int times);
  }

  /**
   * Validates a state file. Unknown fields are ignored. Ids may be texts or numbers; null and blank
   * ids are ignored and counted.
   *
   * @throws StateFileException when it is not JSON or not a state file
   */
  public static StateFile check(JsonText.Source source) {
    return StateFileReader.read(source, new Nothing());
  }

  /** Ignores the entries. */
  private static final class Nothing implements Entries {

    @Override
    public void key(String key, boolean processed) {}

    @Override
    public void times429(String model, int times) {}
  }

  /** Reads the file again, in its order. */
  void read(Entries entries) {
    StateFileReader.read(source, entries);
  }
}
