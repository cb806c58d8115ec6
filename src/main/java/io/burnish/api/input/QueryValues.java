package io.burnish.api.input;

import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem.Violation;
import io.burnish.record.Excerpt;
import io.burnish.record.IsoTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of query parameters, and collects what is wrong with them. A parameter that is
 * not given, or wrong, has its default. {@link #check} refuses the query when anything was wrong.
 */
public final class QueryValues {

  /** The parameter of a dry run. */
  public static final String DRY_RUN = "dryRun";

  private final List<Violation> violations = new ArrayList<>();

  /**
   * The value of a flag; false when it is not given.
   *
   * @throws InvalidQueryException when it is neither true nor false
   */
  public static boolean isTrue(String parameter, @Nullable String value) {
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new InvalidQueryException(
          parameter, "\"%s\" is not known; known are true and false".formatted(Excerpt.of(value)));
    }
    return "true".equals(value);
  }

  /**
   * The value whose word was given; null without one.
   *
   * @param known all values
   * @param word the word of a value
   */
  public <V> @Nullable V oneOf(
      String name, @Nullable String given, V[] known, Function<? super V, String> word) {
    if (given == null) {
      return null;
    }
    for (V value : known) {
      if (word.apply(value).equals(given)) {
        return value;
      }
    }
    wrong(
        name,
        "\"%s\" is not known; known are %s"
            .formatted(
                Excerpt.of(given),
                Arrays.stream(known).map(word).collect(Collectors.joining(", "))));
    return null;
  }

  /** A whole number between two bounds; {@code otherwise} without one. */
  public int number(String name, @Nullable String given, int least, int most, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, as a number out of range is
    }
    wrong(
        name,
        "must be a whole number from %d to %d, not \"%s\""
            .formatted(least, most, Excerpt.of(given)));
    return otherwise;
  }

  /** A moment with its offset; null without one. */
  public @Nullable Instant instant(String name, @Nullable String given) {
    if (given == null) {
      return null;
    }
    Optional<Instant> time = IsoTime.parse(given);
    if (time.isPresent()) {
      return time.get();
    }
    wrong(
        name,
        ("\"%s\" is not a time in ISO 8601, such as 2026-11-27T12:00:00Z; encode a plus sign as"
                + " %%2B")
            .formatted(Excerpt.of(given)));
    return null;
  }

  /**
   * The place of a cursor; null without one.
   *
   * @param list the list that the cursor must be of
   * @param read reads the place, and throws {@link IllegalArgumentException} for a wrong one
   */
  public <P> @Nullable P cursor(@Nullable String given, String list, Function<String, P> read) {
    if (given == null) {
      return null;
    }
    try {
      return read.apply(Cursor.place(list, given).orElseThrow(IllegalArgumentException::new));
    } catch (IllegalArgumentException e) {
      wrong("cursor", "is no cursor of this list; take it from next of the page before");
      return null;
    }
  }

  /** Adds a violation. */
  void wrong(String name, String message) {
    violations.add(new Violation(name, message));
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidQueryException when anything was wrong
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw new InvalidQueryException(violations);
    }
  }
}
