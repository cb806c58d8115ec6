package io.burnish.intake;

import io.burnish.intake.InvalidJobException.FieldError;
import io.burnish.record.Excerpt;
import io.burnish.record.StorableText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the mistakes in what was posted before it complains of any. All are counted, the first
 * are kept. What a client wrote is quoted in short.
 */
final class ValidationErrors {

  /** Longest name of a job or file, in characters. */
  static final int LONGEST_NAME = 500;

  /** A body with more than this is no job with mistakes; the rest of it is not read. */
  private static final int MOST = 10_000;

  private final List<FieldError> found = new ArrayList<>();
  private int count;

  /**
   * Notes a mistake.
   *
   * @throws InvalidJobException when there are so many that reading on is of no use
   */
  void add(String field, String message) {
    count++;
    if (found.size() < InvalidJobException.TOLD) {
      found.add(new FieldError(Excerpt.of(field), message));
    }
    if (count >= MOST) {
      complain();
    }
  }

  boolean none() {
    return count == 0;
  }

  /** A name must be storable, and an index has only short entries. */
  void unlessStorable(String field, @Nullable String name) {
    if (name == null) {
      return;
    }
    if (name.isBlank()) {
      add(field, "a name must not be empty");
    }
    if (name.length() > LONGEST_NAME || !StorableText.is(name)) {
      add(
          field,
          "a name may have %d characters at most, and none of them may be NUL or half a surrogate pair"
              .formatted(LONGEST_NAME));
    }
  }

  /**
   * Complains of all of them at once.
   *
   * @throws InvalidJobException when there are any
   */
  void complain() {
    if (count > 0) {
      throw new InvalidJobException(found, count);
    }
  }
}
