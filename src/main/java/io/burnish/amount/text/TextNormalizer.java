package io.burnish.amount.text;

/**
 * Brings a text into one spelling in one pass. Folds each character and removes markup, but keeps
 * the markup of prices: strike-through ({@code <del>}, {@code <s>}, {@code ~~}) and superscript
 * ({@code <sup>}).
 */
public final class TextNormalizer {

  private final DecodedText source;
  private final String text;
  private final NormalText normal;
  private final StrikeThrough strikeThrough;
  private boolean superscript;
  private boolean noMoreComments;

  private TextNormalizer(String original) {
    source = DecodedText.of(original);
    text = source.text();
    normal = new NormalText(text.length());
    strikeThrough = new StrikeThrough(text);
  }

  /** The text in one spelling. */
  public static NormalText normal(String original) {
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
        strikeThrough.toggleByTildes(i);
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
    normal.append(c, source.start(at), source.start(after), strikeThrough.isOn(), capital);
  }

  private boolean isRepeated(int at, char c) {
    return (at > 0 && text.charAt(at - 1) == c)
        || (at + 1 < text.length() && text.charAt(at + 1) == c);
  }

  /** Two tildes. */
  private boolean isTildes(int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == '~';
  }

  /** The index after the tag or comment at that index, or after the sign if it is neither. */
  private int afterTag(int at) {
    if (text.startsWith("<!--", at)) {
      return afterComment(at);
    }
    MarkupTag tag = MarkupTag.at(text, at);
    if (tag == null) {
      append('<', at, false);
      return at + 1;
    }
    if (tag.hidesContent()) {
      int close = text.indexOf("</", tag.end());
      return close < 0 ? text.length() : close;
    }
    if (tag.name().equals("sup")) {
      superscript = !tag.closing();
    } else {
      strikeThrough.apply(tag);
    }
    if (!tag.isInline()) {
      append(NormalText.LINE_END, at, false);
    } else if (tag.closing() && isDigitAt(normal.length() - 1)) {
      seam(at);
    }
    return tag.end() + 1;
  }

  /** Separates digits in two tags: they are two numbers. */
  private void seam(int at) {
    append(NormalText.SEAM, at, false);
  }

  private boolean isDigitAt(int index) {
    return index >= 0 && normal.charAt(index) >= '0' && normal.charAt(index) <= '9';
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
}
