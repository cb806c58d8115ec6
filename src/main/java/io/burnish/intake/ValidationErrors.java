package io.burnish.intake;

import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.InvalidJobException.FieldError;
import io.burnish.record.Excerpt;
import io.burnish.record.StorableText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the errors of a request before any is reported. All are counted, the first {@value
 * InvalidJobException#MOST_SHOWN} are kept. Text of the client is quoted as an excerpt.
 */
final class ValidationErrors {

  /** Longest name of a job or file, in characters. */
  static final int LONGEST_NAME = 500;

  /** Errors after which the rest of the body is not read. */
  private static final int MOST = 10_000;

  private final List<FieldError> found = new ArrayList<>();
  private int count;

  /**
   * Adds an error.
   *
   * @throws InvalidJobException when it is number {@value #MOST}
   */
  void add(String field, String message) {
    count++;
    if (found.size() < InvalidJobException.MOST_SHOWN) {
      found.add(new FieldError(Excerpt.of(field), message));
    }
    if (count >= MOST) {
      throwIfAny();
    }
  }

  /** The first error; there must be one. */
  String first() {
    return found.get(0).message();
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Adds an error unless the name is storable and fits into an index entry. */
  void requireStorable(String field, @Nullable String name) {
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
   * Reports all errors at once.
   *
   * @throws InvalidJobException when there are any
   */
  void throwIfAny() {
    if (count > 0) {
      throw new InvalidJobException(found, count);
    }
  }
}
