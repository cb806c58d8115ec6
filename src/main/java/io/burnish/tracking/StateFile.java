package io.burnish.tracking;

import io.burnish.profile.Profiles;
import io.burnish.profile.StateFileFields;
import io.burnish.record.JsonText;

/**
 * A {@code groq_tracking_state.json}, as the script that Burnish replaces kept it. Found sound, and
 * read again as it is taken over: of its ids, only hashes are held in memory.
 *
 * @param source its text, which must stay readable and the same
 * @param processed how many different ids it lists as processed
 * @param failed how many different ids it lists as failed, and not as processed
 * @param models how many models it counts 429s of
 * @param passedOver how many ids were null or blank: no record has such a key
 */
public record StateFile(
    JsonText.Source source, int processed, int failed, int models, int passedOver) {

  private static final StateFileFields LISTS = Profiles.ofStateFiles().stateFile().orElseThrow();

  static final String PROCESSED = LISTS.processed();
  static final String FAILED = LISTS.failed();
  static final String TIMES_429 = "model_429_count";

  /** Longest key, and name of a model, that is taken over; in characters. */
  static final int LONGEST_NAME = 500;

  /** What a file holds, entry by entry. */
  interface Entries {

    /**
     * An id, without blanks around it.
     *
     * @param processed else it failed
     */
    void key(String key, boolean processed);

    /** How often a model answered 429, as the file counts it; zero or more. */
    void times429(String model, int times);
  }

  /**
   * Checks a state file. Fields that are not known are passed over, ids may be texts or numbers,
   * and those that are null or blank are passed over and counted.
   *
   * @throws StateFileException when it is not JSON, or no state file
   */
  public static StateFile check(JsonText.Source source) {
    return StateFileReader.read(source, new Nothing());
  }

  /** Takes nothing over. */
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
