package io.burnish.record;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Half of a surrogate pair is legal in JSON as an escape, but has no UTF-8 form: neither the
 * database nor a response could carry it. Such halves are written as the escape they came as.
 */
final class LoneSurrogates {

  private LoneSurrogates() {}

  static String escape(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (pair || !Character.isSurrogate(c)) {
        if (escaped != null) {
          escaped.append(c);
          if (pair) {
            escaped.append(json.charAt(i + 1));
          }
        }
        i += pair ? 1 : 0;
      } else {
        if (escaped == null) {
          escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
        }
        escaped.append(escaped(c));
      }
    }
    return escaped == null ? json : escaped.toString();
  }

  private static String escaped(char half) {
    return "\\u%04x".formatted((int) half);
  }

  /** The same for a text that is written in pieces; a pair may be cut in two by them. */
  static Writer escaping(Writer out) {
    return new FilterWriter(out) {
      private char high;

      @Override
      public void write(char[] text, int from, int length) throws IOException {
        int unwritten = from;
        for (int i = from; i < from + length; i++) {
          char c = text[i];
          if (high != 0) {
            if (Character.isLowSurrogate(c)) {
              out.write(new char[] {high, c});
              high = 0;
              unwritten = i + 1;
              continue;
            }
            writeHigh();
          }
          if (Character.isSurrogate(c)) {
            out.write(text, unwritten, i - unwritten);
            unwritten = i + 1;
            if (Character.isHighSurrogate(c)) {
              high = c;
            } else {
              out.write(escaped(c));
            }
          }
        }
        out.write(text, unwritten, from + length - unwritten);
      }

      @Override
      public void write(String text, int from, int length) throws IOException {
        write(text.substring(from, from + length).toCharArray(), 0, length);
      }

      @Override
      public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
      }

      /** The text has gone on without the other half. */
      private void writeHigh() throws IOException {
        out.write(escaped(high));
        high = 0;
      }
    };
  }
}
