package io.burnish.record;

import io.burnish.record.Utf8Reader.NotUtf8Exception;
import java.io.IOException;

/**
 * A place in a text, as an editor shows it.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param before the last character before it that is no blank; NUL when there is none
 * @param after some of the text from there on
 */
record TextPlace(int line, int column, char before, String after) {

  /** How much of the text after the place is read, in characters. */
  private static final int LOOK = 40;

  /**
   * Finds a place by its offset.
   *
   * @param text from its beginning; it is read up to the place, and closed
   * @param at in UTF-16 units from the beginning of the text; after its end: the end, or where the
   *     text is no more UTF-8
   */
  static TextPlace find(Utf8Reader text, long at) throws IOException {
    int line = 1;
    int column = 1;
    char before = '\0';
    StringBuilder after = new StringBuilder();
    try (text) {
      char[] buffer = new char[8 * 1024];
      long position = 0;
      for (int n = text.read(buffer); n >= 0 && after.length() < LOOK; n = text.read(buffer)) {
        int i = 0;
        for (; i < n && position < at; i++, position++) {
          char c = buffer[i];
          if (c == '\n') {
            line++;
            column = 1;
          } else if (!Character.isLowSurrogate(c)) {
            column++;
          }
          before = c <= ' ' ? before : c;
        }
        after.append(buffer, i, n - i);
      }
    } catch (NotUtf8Exception e) {
      // The text is UTF-8 up to here: this is the place, or lies after it.
    }
    after.setLength(Math.min(after.length(), LOOK));
    return new TextPlace(line, column, before, after.toString());
  }
}
