package io.burnish.amount.text;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tag of HTML.
 *
 * @param name in lower case
 * @param closing whether it ends an element
 * @param attributes as they are written
 * @param end index of its last character
 */
record MarkupTag(String name, boolean closing, String attributes, int end) {

  /** Most characters of a tag; a longer one is no tag. */
  static final int MAX_LENGTH = 500;

  /** Tags within a line. All others end the line. */
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i",
          "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub",
          "sup", "time", "tt", "u", "var", "wbr");

  private static final Set<String> HIDDEN = Set.of("script", "style");

  /** The tag that begins at that index; null if there is none. */
  static @Nullable MarkupTag at(String text, int at) {
    boolean closing = at + 1 < text.length() && text.charAt(at + 1) == '/';
    int nameStart = closing ? at + 2 : at + 1;
    if (nameStart >= text.length() || !isLatinLetter(text.charAt(nameStart))) {
      return null;
    }
    int end = end(text, nameStart);
    if (end < 0) {
      return null;
    }
    int nameEnd = nameStart;
    while (isLatinLetter(text.charAt(nameEnd)) || Character.isDigit(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = text.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    return new MarkupTag(name, closing, text.substring(nameEnd, end), end);
  }

  private static int end(String text, int from) {
    int limit = Math.min(text.length(), from + MAX_LENGTH);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i;
      }
      if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isLatinLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether what follows up to the closing tag is not shown. */
  boolean hidesContent() {
    return !closing && HIDDEN.contains(name);
  }

  /** Whether the line goes on after the tag. */
  boolean isInline() {
    return INLINE.contains(name);
  }
}
