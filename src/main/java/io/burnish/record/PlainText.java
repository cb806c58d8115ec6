package io.burnish.record;

/** Removes characters without meaning from a text. No visible character changes. */
public final class PlainText {

  private PlainText() {}

  /**
   * The text without marks, repeated blanks and blank lines. Line breaks stay; every kind of blank
   * within a line becomes one space.
   */
  public static String of(String text) {
    int length = text.length();
    int start = unchangedLength(text);
    if (start == length) {
      return text;
    }
    StringBuilder plain = new StringBuilder(length).append(text, 0, start);
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (isOrdinary(c)) {
        plain.append(c);
      } else if (c == '\n') {
        breakLine(plain);
      } else if (isBlank(c)) {
        if (!endsWith(plain, ' ') && !endsWith(plain, '\n')) {
          plain.append(' ');
        }
      } else if (!isMark(c)) {
        plain.append(c);
      }
    }
    return plain.toString().strip();
  }

  /** Length of the start that needs no change. Fast, because most texts need none. */
  private static int unchangedLength(String text) {
    boolean between = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean separates = c == ' ' || c == '\n';
      if (separates ? between : !isOrdinary(c)) {
        return i;
      }
      between = separates;
    }
    return between && !text.isEmpty() ? text.length() - 1 : text.length();
  }

  /** Fast check for letters of most alphabets and currency signs: neither blank nor mark. */
  private static boolean isOrdinary(char c) {
    return (c > ' ' && c < '\u007F')
        || (c > '\u00AD' && c < '\u1680')
        || (c > '\u2069' && c < '\u3000');
  }

  private static void breakLine(StringBuilder plain) {
    if (endsWith(plain, ' ')) {
      plain.setLength(plain.length() - 1);
    }
    if (!endsWith(plain, '\n')) {
      plain.append('\n');
    }
  }

  private static boolean endsWith(StringBuilder text, char c) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == c;
  }

  private static boolean isBlank(char c) {
    return c == ' '
        || c == '\t'
        || c == '\r'
        || c == '\u00A0'
        || c == '\u1680'
        || c == '\u180E'
        || (c >= '\u2000' && c <= '\u200A')
        || c == '\u202F'
        || c == '\u205F'
        || c == '\u3000';
  }

  /**
   * Zero-width and direction marks, soft hyphen, byte order mark, control characters. The joiner
   * U+200D stays, because emoji are joined by it.
   */
  private static boolean isMark(char c) {
    return c < ' '
        || c == '\u007F'
        || c == '\u00AD'
        || c == '\u200B'
        || c == '\u200C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2060' && c <= '\u2064')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\uFEFF';
  }
}
