package io.burnish.simulator.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Alternatives to search for in a text, in any case. A pattern is tried only if its literal
 * beginning stands in the text: one pattern over all alternatives would cost more than everything
 * else in the simulator. Immutable.
 */
final class Phrases {

  private static final Pattern LITERAL_BEGINNING = Pattern.compile("(?:\\\\b)?([\\p{L} ]+)");
  private static final String OPTIONAL = "?";

  private final List<String> literals = new ArrayList<>();
  private final List<Guarded> patterns = new ArrayList<>();

  private record Guarded(String beginning, Pattern pattern) {}

  private Phrases() {}

  /**
   * Phrases from the alternatives of a pattern, in lower case and without {@code |} in a group;
   * each starts with letters.
   */
  static Phrases of(String alternatives) {
    Phrases phrases = new Phrases();
    for (String alternative : alternatives.split("\\|")) {
      Matcher beginning = LITERAL_BEGINNING.matcher(alternative);
      if (!beginning.lookingAt()) {
        throw new IllegalArgumentException("'%s' begins with no letter".formatted(alternative));
      }
      if (beginning.group(1).equals(alternative)) {
        phrases.literals.add(alternative);
      } else {
        phrases.patterns.add(
            new Guarded(needed(alternative, beginning), Pattern.compile(alternative)));
      }
    }
    return phrases;
  }

  /** The literal beginning that must be present; a letter before {@code ?} is optional. */
  private static String needed(String alternative, Matcher beginning) {
    String letters = beginning.group(1);
    return alternative.startsWith(OPTIONAL, beginning.end())
        ? letters.substring(0, letters.length() - 1)
        : letters;
  }

  /** Prepares a text for {@link #in}. */
  static String readable(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether any of them occurs in a text that {@link #readable} prepared. */
  boolean in(String text) {
    return literals.stream().anyMatch(text::contains)
        || patterns.stream()
            .anyMatch(one -> text.contains(one.beginning()) && one.pattern().matcher(text).find());
  }
}
