package io.burnish.prices;

import java.util.HashMap;
import java.util.Map;

/** Reads {@code BURNISH_PRICES}. */
final class ConfiguredPrices {

  private static final String NUMBER = "\\s*\\d{1,6}(?:\\.\\d{1,9})?\\s*";

  private static final String ENTRY = "[^;]*[^;\\s][^;]*=" + NUMBER + "/" + NUMBER + "/" + NUMBER;

  /** The syntax, as a regular expression. */
  static final String SYNTAX = "(?:\\s*(?:" + ENTRY + ")?(?:;|$))*";

  private ConfiguredPrices() {}

  /**
   * The prices by model; the last entry of a model counts.
   *
   * @throws IllegalArgumentException if the text cannot be read; the message names the syntax
   */
  static Map<String, Price> parse(String text) {
    Map<String, Price> known = new HashMap<>();
    for (String entry : text.split(";")) {
      if (entry.isBlank()) {
        continue;
      }
      if (!entry.matches(ENTRY)) {
        throw unreadable(entry);
      }
      int equals = entry.lastIndexOf('=');
      String[] parts = entry.substring(equals + 1).split("/");
      known.put(
          entry.substring(0, equals).strip(),
          Price.of(parts[0].strip(), parts[1].strip(), parts[2].strip()));
    }
    return known;
  }

  private static IllegalArgumentException unreadable(String entry) {
    return new IllegalArgumentException(
        "BURNISH_PRICES cannot be read at \"%s\": write model=input/cached/output, each in US$ a million tokens such as 0.15, several separated by ;"
            .formatted(entry.strip()));
  }
}
