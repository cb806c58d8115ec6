package io.burnish.tracking;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A {@code groq_tracking_state.json}, as the script that Burnish replaces kept it. Held in memory
 * whole, some 100 bytes a key.
 *
 * @param processed keys of records that were enhanced; numbers first, by size, then texts
 * @param failed keys of records that failed, in the same order; none that was processed as well
 * @param times429 how often each model answered 429, as the file counts it; zero or more
 * @param timestamp when the state was saved, ISO local date and time; the script wrote its
 *     machine's time, Burnish writes UTC
 * @param passedOver how many ids were null or blank: no record has such a key
 */
public record StateFile(
    SortedSet<String> processed,
    SortedSet<String> failed,
    SortedMap<String, Integer> times429,
    String timestamp,
    int passedOver) {

  static final String PROCESSED = "processed_discounts";
  static final String FAILED = "failed_discounts";
  static final String TIMES_429 = "model_429_count";

  /** Longest key, and name of a model, that is taken over; in characters. */
  static final int LONGEST_NAME = 500;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.<String>comparingLong(
              key -> NUMBER.matcher(key).matches() ? Long.parseLong(key) : Long.MAX_VALUE)
          .thenComparing(Comparator.naturalOrder());

  /** A state in its order; a key that is both processed and failed is processed. */
  StateFile(
      Collection<String> processed,
      Collection<String> failed,
      Map<String, Integer> times429,
      String timestamp,
      int passedOver) {
    this(sorted(processed), sorted(failed), new TreeMap<>(times429), timestamp, passedOver);
    this.failed.removeAll(this.processed);
  }

  StateFile(
      Collection<String> processed,
      Collection<String> failed,
      Map<String, Integer> times429,
      String timestamp) {
    this(processed, failed, times429, timestamp, 0);
  }

  /**
   * Reads a state file. Fields that are not known are passed over, keys may be texts or numbers,
   * and those that are null or blank are passed over and counted: no record has such a key.
   *
   * @throws StateFileException when it is not JSON, or no state file
   */
  public static StateFile read(byte[] body) {
    return StateFileReader.read(body);
  }

  /** The file's text. */
  public String json() {
    StringWriter text = new StringWriter();
    try {
      StateFileWriter writer = new StateFileWriter(text);
      for (String key : processed) {
        writer.key(key, true);
      }
      for (String key : failed) {
        writer.key(key, false);
      }
      writer.end(times429, timestamp);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be written", e);
    }
    return text.toString();
  }

  private static SortedSet<String> sorted(Collection<String> keys) {
    SortedSet<String> sorted = new TreeSet<>(NUMBERS_FIRST);
    sorted.addAll(keys);
    return sorted;
  }
}
