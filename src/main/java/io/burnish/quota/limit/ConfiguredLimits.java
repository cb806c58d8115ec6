package io.burnish.quota.limit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code BURNISH_LIMITS}. */
public final class ConfiguredLimits {

  /** The syntax, as a regular expression. */
  static final String SYNTAX =
      "(?:\\s*(?:[^;]*[^;\\s][^;]*=\\s*(?:-|[1-9]\\d{0,11})\\s*(?:/\\s*(?:-|[1-9]\\d{0,11})\\s*){3})?(?:;|$))*";

  private static final int DIMENSIONS = 4;

  private ConfiguredLimits() {}

  /**
   * The limits by model.
   *
   * @throws IllegalArgumentException if the text cannot be read; the message names the syntax
   */
  public static Map<String, Limits> parse(String text) {
    Map<String, Limits> known = new HashMap<>();
    for (String entry : text.split(";")) {
      if (!entry.isBlank()) {
        int equals = entry.lastIndexOf('=');
        String[] parts = entry.substring(equals + 1).strip().split("/", -1);
        if (equals <= 0 || parts.length != DIMENSIONS) {
          throw unreadable(entry);
        }
        known.put(
            entry.substring(0, equals).strip(),
            new Limits(
                limit(parts[0], entry),
                limit(parts[1], entry),
                limit(parts[2], entry),
                limit(parts[3], entry)));
      }
    }
    return known;
  }

  private static @Nullable Double limit(String text, String entry) {
    if (text.strip().equals("-")) {
      return null;
    }
    if (!text.strip().matches("[1-9]\\d{0,11}")) {
      throw unreadable(entry);
    }
    return Double.valueOf(text.strip());
  }

  private static IllegalArgumentException unreadable(String entry) {
    return new IllegalArgumentException(
        "BURNISH_LIMITS cannot be read at \"%s\": write model=rpm/rpd/tpm/tpd, each a whole number over 0 or -, several separated by ;"
            .formatted(entry.strip()));
  }
}
