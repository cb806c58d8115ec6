package io.burnish.record;

import java.util.regex.Pattern;

/** Text without the characters that say nothing: nothing that a reader could see is changed. */
public final class PlainText {

  /**
   * Zero-width and direction marks, soft hyphen, byte order mark, control characters. The joiner
   * U+200D is left: it holds emoji together.
   */
  private static final Pattern MARKS =
      Pattern.compile(
          "[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\u00AD\\u200B\\u200C\\u200E\\u200F"
              + "\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF]+");

  private static final Pattern BLANKS = Pattern.compile("[\\h\\r]{2,}|[\\h\\r&&[^ ]]");
  private static final Pattern BLANK_LINES = Pattern.compile(" ?\\n[ \\n]*");

  private PlainText() {}

  /** The text without marks, repeated blanks and blank lines; line breaks stay line breaks. */
  public static String of(String text) {
    String unmarked = MARKS.matcher(text).replaceAll("");
    String spaced = BLANKS.matcher(unmarked).replaceAll(" ");
    return BLANK_LINES.matcher(spaced).replaceAll("\n").strip();
  }
}
