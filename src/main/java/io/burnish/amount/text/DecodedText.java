package io.burnish.amount.text;

import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * A text whose character references, such as {@code &#8362;} and {@code &frac12;}, are characters;
 * also those that were escaped twice. Remembers where each character came from.
 */
final class DecodedText {

  private static final int LONGEST_REFERENCE = 32;

  private final String text;
  private final int @Nullable [] starts;

  private DecodedText(String text, int @Nullable [] starts) {
    this.text = text;
    this.starts = starts;
  }

  /** Decodes in one pass; most texts have no reference and stay as they are. */
  static DecodedText of(String text) {
    int first = text.indexOf('&');
    if (first < 0) {
      return new DecodedText(text, null);
    }
    DecodedText once = decoded(text, first, null);
    int second = once.text.indexOf('&');
    return second < 0 ? once : decoded(once.text, second, once.starts);
  }

  int length() {
    return text.length();
  }

  String text() {
    return text;
  }

  /** Where the character began in the original; the original's length for the end of the text. */
  int start(int index) {
    return starts == null ? index : starts[index];
  }

  private static DecodedText decoded(String text, int first, int @Nullable [] origin) {
    StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, first);
    int[] starts = new int[text.length() + 1];
    for (int i = 0; i < first; i++) {
      starts[i] = origin == null ? i : origin[i];
    }
    int[] codePoints = new int[2];
    for (int i = first; i < text.length(); ) {
      int end = text.charAt(i) == '&' ? endOfReference(text, i, codePoints) : i;
      int from = decoded.length();
      if (end == i) {
        decoded.append(text.charAt(i));
        end = i + 1;
      } else {
        decoded.appendCodePoint(codePoints[0]);
        if (codePoints[1] != 0) {
          decoded.appendCodePoint(codePoints[1]);
        }
      }
      for (int to = from; to < decoded.length(); to++) {
        starts[to] = origin == null ? i : origin[i];
      }
      i = end;
    }
    starts[decoded.length()] = origin == null ? text.length() : origin[text.length()];
    return new DecodedText(decoded.toString(), starts);
  }

  /** Puts its characters into {@code codePoints}; returns {@code start} when there is none. */
  private static int endOfReference(String text, int start, int[] codePoints) {
    codePoints[1] = 0;
    int end = start + 1;
    int limit = Math.min(text.length(), start + LONGEST_REFERENCE);
    while (end < limit && isInReference(text.charAt(end))) {
      end++;
    }
    boolean closed = end < text.length() && text.charAt(end) == ';';
    String name = text.substring(start + 1, end);
    if (name.isEmpty()) {
      return start;
    }
    boolean known =
        name.charAt(0) == '#'
            ? isNumeric(name, codePoints)
            : (closed || Entities.isBaseNamedEntity(name))
                && Entities.codepointsForName(name, codePoints) > 0;
    if (!known) {
      return start;
    }
    return closed ? end + 1 : end;
  }

  private static boolean isNumeric(String name, int[] codePoints) {
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    String digits = name.substring(hex ? 2 : 1);
    if (digits.isEmpty() || digits.length() > 7) {
      return false;
    }
    try {
      codePoints[0] = Integer.parseInt(digits, hex ? 16 : 10);
      return Character.isValidCodePoint(codePoints[0]) && codePoints[0] != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isInReference(char c) {
    return c == '#' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
