package io.burnish.amount;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings a text into one spelling, in one pass: folds each character, takes markup off, and keeps
 * what markup says of a price: struck through ({@code <del>}, {@code <s>}, {@code ~~}) and raised
 * ({@code <sup>}).
 */
final class TextNormalizer {

  private static final int LONGEST_TAG = 500;
  private static final Set<String> STRIKING = Set.of("del", "s", "strike");

  /** Tags within a line; all others end it. */
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i",
          "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub",
          "sup", "time", "tt", "u", "var", "wbr");

  private static final Set<String> UNSHOWN = Set.of("script", "style");

  /** How pages say it without a tag of its own. */
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
  private boolean raised;
  private boolean struckByMark;
  private boolean noMoreMarks;
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
      } else if (c == '~' && isMark(i)) {
        toggleMark(i);
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
    boolean capital = c >= 'A' && c <= 'Z';
    String spelling = Folding.of(c);
    if (!spelling.isEmpty()) {
      char plain = spelling.charAt(0);
      append(raised ? raisedDigit(plain) : plain, at, capital);
    }
  }

  private static char raisedDigit(char c) {
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
      append(spelling.charAt(i), at, capital);
    }
  }

  private void append(char c, int at, boolean capital) {
    int after = at + (Character.isHighSurrogate(text.charAt(at)) ? 2 : 1);
    int end = source.start(Math.min(after, text.length()));
    normal.append(c, source.start(at), end, struckDepth > 0 || struckByMark, capital);
  }

  private boolean isRepeated(int at, char c) {
    return (at > 0 && text.charAt(at - 1) == c)
        || (at + 1 < text.length() && text.charAt(at + 1) == c);
  }

  /** Two tildes that have two more behind them in the same line. */
  private boolean isMark(int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == '~';
  }

  private void toggleMark(int at) {
    if (struckByMark) {
      struckByMark = false;
    } else if (!noMoreMarks) {
      int close = text.indexOf("~~", at + 2);
      noMoreMarks = close < 0;
      struckByMark =
          close > 0 && text.substring(at, Math.min(close, at + LONGEST_TAG)).indexOf('\n') < 0;
    }
  }

  /** Passes over a tag, a comment, or just the sign. */
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
    if (!closing && UNSHOWN.contains(name)) {
      int close = text.indexOf("</", end);
      return close < 0 ? text.length() : close;
    }
    note(name, closing, text.substring(nameEnd, end));
    if (!INLINE.contains(name)) {
      append(Folding.LINE_END, at, false);
    } else if (closing && isDigitAt(normal.length() - 1)) {
      seam(at);
    }
    return end + 1;
  }

  /** Two numbers in two tags are two numbers. */
  private void seam(int at) {
    append(NumberScanner.SEAM, at, false);
  }

  private boolean isDigitAt(int index) {
    return index >= 0 && normal.charAt(index) >= '0' && normal.charAt(index) <= '9';
  }

  private void note(String name, boolean closing, String attributes) {
    if (name.equals("sup")) {
      raised = !closing;
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
    int limit = Math.min(text.length(), from + LONGEST_TAG);
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
