package io.burnish.record;

/**
 * Text from outside, shortened and escaped for a sentence or a log line: no character ends the
 * line, controls a terminal or changes the direction of the text after it.
 */
public final class Excerpt {

  /** Longest excerpt of a value, in characters: enough for a whole key, file name or path. */
  public static final int VALUE = 200;

  private Excerpt() {}

  /** At most {@value #VALUE} characters of the text. */
  public static String of(String text) {
    return of(text, VALUE);
  }

  /**
   * The text with each invisible character as an escape ({@code \n}, {@code \u001b}): control
   * characters of C0 and C1, line and paragraph separators, and format characters, among them
   * bidirectional overrides (Source: Unicode Standard Annex 9, read 2026-11). A longer text is cut,
   * and its length is added.
   *
   * @param limit most characters, before escapes; over 0
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
