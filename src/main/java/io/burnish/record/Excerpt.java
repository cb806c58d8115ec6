package io.burnish.record;

/** What a client sent, as it may be quoted in a sentence or a log line: short, and on one line. */
public final class Excerpt {

  /** Longest quotation, in characters. */
  public static final int LONGEST = 200;

  private Excerpt() {}

  /**
   * The text, cut after {@value #LONGEST} characters; control characters, line separators and
   * halves of surrogate pairs as backslash, u and four hexadecimal digits.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; ) {
      int character = text.codePointAt(i);
      if (isHarmless(character)) {
        shown.appendCodePoint(character);
      } else {
        shown.append("\\u%04x".formatted(character));
      }
      i += Character.charCount(character);
    }
    return text.length() > LONGEST ? shown.append('…').toString() : shown.toString();
  }

  /** Direction overrides are escaped too: they change what a person reads of the rest. */
  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> (character < 0x202A || character > 0x202E) && character != 0xFEFF;
    };
  }
}
