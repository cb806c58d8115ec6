package io.burnish.simulator.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Alternatives to look for in a text, in any case. A literal is looked for as such, and a pattern
 * only where its literal beginning stands in the text: a pattern over all of them at every
 * character would cost more than everything else that the simulator does. Immutable.
 */
final class Phrases {

  private static final Pattern LITERAL_BEGINNING = Pattern.compile("(?:\\\\b)?([\\p{L} ]+)");
  private static final String OPTIONAL = "?";

  private final List<String> literals = new ArrayList<>();
  private final List<Guarded> patterns = new ArrayList<>();

  private record Guarded(String beginning, Pattern pattern) {}

  private Phrases() {}

  /**
   * Phrases from alternatives as a pattern has them, in lower case and without {@code |} in a
   * group; each begins with letters.
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

  /** The letters that must be there: a letter before {@code ?} need not. */
  private static String needed(String alternative, Matcher beginning) {
    String letters = beginning.group(1);
    return alternative.startsWith(OPTIONAL, beginning.end())
        ? letters.substring(0, letters.length() - 1)
        : letters;
  }

  /** A text in which phrases can be looked for. */
  static String readable(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether any of them stands in a text that was made {@link #readable}. */
  boolean in(String text) {
    return literals.stream().anyMatch(text::contains)
        || patterns.stream()
            .anyMatch(one -> text.contains(one.beginning()) && one.pattern().matcher(text).find());
  }
}
