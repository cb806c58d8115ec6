package io.burnish.amount;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings a text into one spelling in one pass. Folds each character and removes markup, but keeps
 * the markup of prices: strike-through ({@code <del>}, {@code <s>}, {@code ~~}) and superscript
 * ({@code <sup>}).
 */
final class TextNormalizer {

  private static final int MAX_TAG = 500;
  private static final Set<String> STRIKING = Set.of("del", "s", "strike");

  /** Tags within a line. All others end the line. */
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i",
          "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub",
          "sup", "time", "tt", "u", "var", "wbr");

  private static final Set<String> HIDDEN = Set.of("script", "style");

  /** Attributes by which pages strike through without a tag for it. */
  private static final Pattern STRUCK_BY_STYLE =
      Pattern.compile(
          "line-through|(?:old|was|former|regular|list|original)[-_]?price"
              + "|price[-_]?(?:old|was|former|regular|original)|strike(?:d|through)?\\b|crossed[-_]?out",
          Pattern.CASE_INSENSITIVE);

  private final DecodedText source;
  private final String text;
  private final NormalText normal;

  private String struckBy = "";
  private int struckDepth;
  private boolean superscript;
  private boolean struckByTildes;
  private boolean noMoreTildes;
  private boolean noMoreComments;

  private TextNormalizer(String original) {
    source = DecodedText.of(original);
    text = source.text();
    normal = new NormalText(text.length());
  }

  /** The text in one spelling. */
  static NormalText normal(String original) {
    TextNormalizer normalizer = new TextNormalizer(original);
    normalizer.run();
    return normalizer.normal;
  }

  private void run() {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '<') {
        i = afterTag(i);
      } else if (c == '~' && isTildes(i)) {
        toggleTildes(i);
        i += 2;
      } else if (c < '\u0080') {
        appendAscii(c, i++);
      } else if (c >= 'א' && c <= 'ת') {
        append(c, i++, false);
      } else {
        int codePoint = text.codePointAt(i);
        appendFolded(codePoint, i);
        i += Character.charCount(codePoint);
      }
    }
  }

  private void appendAscii(char c, int at) {
    if (c == '*' && isRepeated(at, '*') || c == '_') {
      return;
    }
    char plain = Folding.ofAscii(c);
    if (plain != 0) {
      append(superscript ? superscript(plain) : plain, at, c >= 'A' && c <= 'Z');
    }
  }

  private static char superscript(char c) {
    return switch (c) {
      case '1' -> '¹';
      case '2' -> '²';
      case '3' -> '³';
      default -> c >= '0' && c <= '9' ? (char) ('⁰' + c - '0') : c;
    };
  }

  private void appendFolded(int codePoint, int at) {
    String spelling = Folding.of(codePoint);
    if (spelling.isEmpty()) {
      if (Folding.strikesThrough((char) codePoint) && normal.length() > 0) {
        normal.strike(normal.length() - 1);
      }
      return;
    }
    boolean capital = Character.isUpperCase(codePoint);
    for (int i = 0; i < spelling.length(); i++) {
      append(spelling.charAt(i), at, at + Character.charCount(codePoint), capital);
    }
  }

  private void append(char c, int at, boolean capital) {
    append(c, at, at + 1, capital);
  }

  private void append(char c, int at, int after, boolean capital) {
    normal.append(
        c, source.start(at), source.start(after), struckDepth > 0 || struckByTildes, capital);
  }

  private boolean isRepeated(int at, char c) {
    return (at > 0 && text.charAt(at - 1) == c)
        || (at + 1 < text.length() && text.charAt(at + 1) == c);
  }

  /** Two tildes. */
  private boolean isTildes(int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == '~';
  }

  /** Strikes through up to the next two tildes of the same line. */
  private void toggleTildes(int at) {
    if (struckByTildes) {
      struckByTildes = false;
    } else if (!noMoreTildes) {
      int close = text.indexOf("~~", at + 2);
      noMoreTildes = close < 0;
      struckByTildes =
          close > 0 && text.substring(at, Math.min(close, at + MAX_TAG)).indexOf('\n') < 0;
    }
  }

  /** The index after the tag or comment at that index, or after the sign if it is neither. */
  private int afterTag(int at) {
    if (text.startsWith("<!--", at)) {
      return afterComment(at);
    }
    int nameStart = at + 1 < text.length() && text.charAt(at + 1) == '/' ? at + 2 : at + 1;
    if (nameStart >= text.length() || !isLatinLetter(text.charAt(nameStart))) {
      append('<', at, false);
      return at + 1;
    }
    int end = endOfTag(nameStart);
    if (end < 0) {
      append('<', at, false);
      return at + 1;
    }
    int nameEnd = nameStart;
    while (isLatinLetter(text.charAt(nameEnd)) || Character.isDigit(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = text.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    boolean closing = nameStart == at + 2;
    if (!closing && HIDDEN.contains(name)) {
      int close = text.indexOf("</", end);
      return close < 0 ? text.length() : close;
    }
    applyTag(name, closing, text.substring(nameEnd, end));
    if (!INLINE.contains(name)) {
      append(Folding.LINE_END, at, false);
    } else if (closing && isDigitAt(normal.length() - 1)) {
      seam(at);
    }
    return end + 1;
  }

  /** Separates digits in two tags: they are two numbers. */
  private void seam(int at) {
    append(NumberScanner.SEAM, at, false);
  }

  private boolean isDigitAt(int index) {
    return index >= 0 && normal.charAt(index) >= '0' && normal.charAt(index) <= '9';
  }

  private void applyTag(String name, boolean closing, String attributes) {
    if (name.equals("sup")) {
      superscript = !closing;
    } else if (closing) {
      if (struckDepth > 0 && name.equals(struckBy)) {
        struckDepth--;
      }
    } else if (struckDepth > 0) {
      struckDepth += name.equals(struckBy) && !attributes.endsWith("/") ? 1 : 0;
    } else if (STRIKING.contains(name)
        || (attributes.length() > 6 && STRUCK_BY_STYLE.matcher(attributes).find())) {
      struckBy = name;
      struckDepth = 1;
    }
  }

  private int afterComment(int at) {
    int end = noMoreComments ? -1 : text.indexOf("-->", at + 4);
    if (end < 0) {
      noMoreComments = true;
      append('<', at, false);
      return at + 1;
    }
    return end + 3;
  }

  private int endOfTag(int from) {
    int limit = Math.min(text.length(), from + MAX_TAG);
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
}
