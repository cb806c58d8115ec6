package io.burnish.record;

/**
 * Text of others, as it may stand in a sentence or a log line: without characters that end a line,
 * steer a terminal or change the direction of what follows, and not longer than it is useful.
 */
public final class Excerpt {

  /** What a value may have, in characters: a key, a file name or a path is told whole. */
  public static final int VALUE = 200;

  private Excerpt() {}

  /** The text, {@value #VALUE} characters of it at most. */
  public static String of(String text) {
    return of(text, VALUE);
  }

  /**
   * The text with each character that does not show itself as an escape ({@code \n}, {@code
   * \u001b}): control characters of C0 and C1, separators of lines and paragraphs, and format
   * characters, which bidirectional overrides are among (Source: Unicode Standard Annex 9, read
   * 2026-11). Longer texts are cut, and say how long they were.
   *
   * @param limit characters at most, before escapes; over 0
   */
  public static String of(String text, int limit) {
    if (text.length() <= limit && text.codePoints().noneMatch(Excerpt::isHidden)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(Math.min(text.length(), limit) + 32);
    text.codePoints().limit(limit).forEach(c -> append(safe, c));
    if (text.codePointCount(0, text.length()) > limit) {
      safe.append("… (").append(text.length()).append(" characters)");
    }
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    if (!isHidden(c)) {
      safe.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        for (char half : Character.toChars(c)) {
          safe.append("\\u%04x".formatted((int) half));
        }
      }
    }
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
