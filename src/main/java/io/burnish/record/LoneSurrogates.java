package io.burnish.record;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Writes half of a surrogate pair as the escape that it came as. It is legal in JSON as an escape,
 * but has no UTF-8 form: neither the database nor a response could carry it.
 */
final class LoneSurrogates {

  /** In a pattern, both halves of a pair are one character, and no surrogate. */
  private static final Pattern LONE = Pattern.compile("\\p{Cs}");

  private LoneSurrogates() {}

  static String escape(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (Character.isSurrogate(json.charAt(i))) {
        return LONE.matcher(json)
            .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
      }
    }
    return json;
  }

  /** The same for a JSON text that is written in pieces, which may cut a pair in two. */
  static Writer escaping(Writer out) {
    return new FilterWriter(out) {
      private String high = "";

      @Override
      public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
      }

      @Override
      public void write(String text, int from, int length) throws IOException {
        String piece = high + text.substring(from, from + length);
        boolean cut =
            !piece.isEmpty() && Character.isHighSurrogate(piece.charAt(piece.length() - 1));
        int whole = piece.length() - (cut ? 1 : 0);
        high = piece.substring(whole);
        out.write(escape(piece.substring(0, whole)));
      }

      @Override
      public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
      }
    };
  }
}
