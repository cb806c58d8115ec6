package io.burnish.intake;

import io.burnish.intake.InvalidJobException.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects every mistake in what was posted before it complains of any. */
final class Mistakes {

  private static final int LONGEST_NAME = 500;
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final List<Mistake> found = new ArrayList<>();

  void add(String field, String message) {
    found.add(new Mistake(field, message));
  }

  boolean none() {
    return found.isEmpty();
  }

  /** JSON lets a field come twice, and most readers take the last: half a batch would be lost. */
  void ifTwice(String field, @Nullable Object before) {
    if (before != null) {
      add(field, "is given twice");
    }
  }

  /** PostgreSQL's text has no NUL, UTF-8 no half surrogates, and an index only short entries. */
  void unlessStorable(String field, @Nullable String name) {
    if (name != null && (name.length() > LONGEST_NAME || UNSTORABLE.matcher(name).find())) {
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
    if (!found.isEmpty()) {
      throw new InvalidJobException(found);
    }
  }
}
