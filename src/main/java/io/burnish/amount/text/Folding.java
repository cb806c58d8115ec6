package io.burnish.amount.text;

import java.text.Normalizer;
import java.util.Map;

/**
 * The canonical spelling of a character: digits 0 to 9, small letters without accents and points,
 * one kind of dash, quote and blank. Lexicon and texts are folded alike. Thread-safe.
 */
final class Folding {

  /** The spelling of a character without meaning, such as a direction mark or a vowel point. */
  static final String NOTHING = "";

  /** Replaces a character that is no letter, digit or sign of the grammar, such as an emoji. */
  static final char OTHER = '\u25A1';

  private static final char COMBINING_STROKES_FIRST = '\u0335';
  private static final char COMBINING_STROKES_LAST = '\u0338';

  private static final Map<Integer, String> SPECIAL =
      Map.ofEntries(
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'Ł', "l"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'Ø', "o"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Đ', "d"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ى', "ي"),
          Map.entry((int) 'ة', "ه"),
          Map.entry((int) 'ـ', NOTHING),
          Map.entry((int) '،', ","),
          Map.entry((int) '٬', "'"),
          Map.entry((int) '٫', "."),
          Map.entry((int) '٪', "%"),
          Map.entry((int) '。', "."),
          Map.entry((int) '⁄', "/"),
          Map.entry((int) '∕', "/"),
          Map.entry((int) '✕', "×"),
          Map.entry((int) '✖', "×"),
          Map.entry((int) '➕', "+"),
          Map.entry((int) '➖', "-"),
          Map.entry((int) '−', "-"),
          Map.entry((int) '׳', "'"),
          Map.entry((int) '´', "'"),
          Map.entry((int) '′', "'"),
          Map.entry((int) 'ʼ', "'"),
          Map.entry((int) '‚', "'"),
          Map.entry((int) '״', "\""),
          Map.entry((int) '″', "\""),
          Map.entry((int) '„', "\""));

  /** Folded characters of the basic plane, in pages of 256 that are made at first use. */
  private static final String[][] PAGES = new String[256][];

  private static final String[] ASCII = new String[128];
  private static final char[] ASCII_CHARS = new char[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = foldAscii((char) c);
      ASCII_CHARS[c] = ASCII[c].isEmpty() ? 0 : ASCII[c].charAt(0);
    }
  }

  private Folding() {}

  /** The spelling of an ASCII character; 0 for none. */
  static char ofAscii(char c) {
    return ASCII_CHARS[c];
  }

  /** The spelling of one character or surrogate pair: none, one or several characters. */
  static String of(int codePoint) {
    if (codePoint < ASCII.length) {
      return ASCII[codePoint];
    }
    if (codePoint > Character.MAX_VALUE) {
      return folded(codePoint);
    }
    String[] page = PAGES[codePoint >> 8];
    if (page == null) {
      page = new String[256];
      int first = codePoint & 0xFF00;
      for (int i = 0; i < page.length; i++) {
        page[i] = folded(first + i);
      }
      PAGES[codePoint >> 8] = page;
    }
    return page[codePoint & 0xFF];
  }

  /** Whether it is a combining stroke, which strikes through the character before it. */
  static boolean strikesThrough(char c) {
    return c >= COMBINING_STROKES_FIRST && c <= COMBINING_STROKES_LAST;
  }

  private static String foldAscii(char c) {
    if (c >= 'A' && c <= 'Z') {
      return String.valueOf((char) (c + 32));
    }
    if (c == '\t' || c == '\r') {
      return " ";
    }
    if (c == '`') {
      return "'";
    }
    return c == NormalText.LINE_END || (c >= ' ' && c != '\u007F') ? String.valueOf(c) : NOTHING;
  }

  private static String folded(int codePoint) {
    String special = SPECIAL.get(codePoint);
    if (special != null) {
      return special;
    }
    if (codePoint <= Character.MAX_VALUE && NormalText.superscript((char) codePoint) >= 0) {
      return Character.toString(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          NOTHING;
      case Character.DECIMAL_DIGIT_NUMBER -> String.valueOf(Character.digit(codePoint, 10));
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          String.valueOf(NormalText.LINE_END);
      case Character.SPACE_SEPARATOR ->
          isNoBreak(codePoint) ? String.valueOf(NormalText.NO_BREAK) : " ";
      case Character.DASH_PUNCTUATION -> "-";
      case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION ->
          isSingleQuote(codePoint) ? "'" : "\"";
      case Character.CURRENCY_SYMBOL -> currencySign(codePoint);
      case Character.SURROGATE -> String.valueOf(OTHER);
      case Character.OTHER_NUMBER -> fraction(codePoint);
      default -> letterOrSign(codePoint);
    };
  }

  /** ½ becomes 1/2. Digits in circles number a list. */
  private static String fraction(int codePoint) {
    String plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
    return plain.indexOf('⁄') > 0 ? " " + plain.replace('⁄', '/') : String.valueOf(OTHER);
  }

  /** In the plain width; ₨ stays as it is. */
  private static String currencySign(int codePoint) {
    String plain = composed(codePoint);
    return plain.length() == 1 ? plain : Character.toString(codePoint);
  }

  private static String letterOrSign(int codePoint) {
    String plain = composed(codePoint);
    StringBuilder bare = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(c -> bare.append(ofPlain(c)));
    return bare.toString();
  }

  /** Without accents, and in the plain width and form. */
  private static String composed(int codePoint) {
    String one = Character.toString(codePoint);
    boolean hangul = Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL;
    return Normalizer.normalize(one, hangul ? Normalizer.Form.NFKC : Normalizer.Form.NFKD);
  }

  private static String ofPlain(int codePoint) {
    if (codePoint > Character.MAX_VALUE) {
      return String.valueOf(OTHER);
    }
    return codePoint < ASCII.length ? ASCII[codePoint] : Character.toString(codePoint);
  }

  private static boolean isNoBreak(int codePoint) {
    return codePoint == NormalText.NO_BREAK
        || codePoint == '\u202F'
        || codePoint == '\u2009'
        || codePoint == '\u2007';
  }

  private static boolean isSingleQuote(int codePoint) {
    return codePoint == '‘'
        || codePoint == '’'
        || codePoint == '‹'
        || codePoint == '›'
        || codePoint == '‛';
  }
}
