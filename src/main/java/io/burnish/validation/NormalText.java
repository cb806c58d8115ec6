package io.burnish.validation;

import io.burnish.record.PlainText;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in the one spelling the patterns of this room expect: no markup, entities, vowel points or
 * typographic quotes, all digits 0 to 9, all blanks one blank.
 */
final class NormalText {

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("nbsp", " "),
          Map.entry("percnt", "%"),
          Map.entry("euro", "€"),
          Map.entry("pound", "£"),
          Map.entry("yen", "¥"),
          Map.entry("cent", "¢"),
          Map.entry("ndash", "-"),
          Map.entry("mdash", "-"),
          Map.entry("rsquo", "'"),
          Map.entry("lsquo", "'"),
          Map.entry("rdquo", "\""),
          Map.entry("ldquo", "\""),
          Map.entry("rlm", ""),
          Map.entry("lrm", ""),
          Map.entry("zwnj", ""));

  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");

  /** Cantillation and vowel points, without the Hebrew hyphen among them. */
  private static final Pattern POINTS =
      Pattern.compile("[\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7]");

  /** Below it only a backtick, an asterisk and an underscore are spelled otherwise. */
  private static final char FIRST_SPELLED_OTHERWISE = '\u0080';

  private static final char FIRST_LETTER = 'א';
  private static final char LAST_LETTER = 'ת';
  private static final char FIRST_POINT = '\u0591';
  private static final char LAST_POINT = '\u05C7';

  private static final Pattern BLANK_FOR_THOUSANDS =
      Pattern.compile("(?<=\\d)[\\u00A0\\u202F\\u2009](?=\\d{3}(?!\\d))");

  private NormalText() {}

  static String of(String text) {
    String plain = decoded(decoded(text));
    // Most texts have nothing of what is looked for: a look is cheaper than a pattern.
    if (plain.indexOf('<') >= 0) {
      plain = TAG.matcher(plain).replaceAll(" ");
    }
    if (hasPoint(plain)) {
      plain = POINTS.matcher(plain).replaceAll("");
    }
    if (plain.indexOf('\u00A0') >= 0
        || plain.indexOf('\u202F') >= 0
        || plain.indexOf('\u2009') >= 0) {
      plain = BLANK_FOR_THOUSANDS.matcher(plain).replaceAll(",");
    }
    return PlainText.of(oneSpelling(plain)).replace('\n', ' ');
  }

  private static boolean hasPoint(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_POINT && text.charAt(i) <= LAST_POINT) {
        return true;
      }
    }
    return false;
  }

  /** Owners escape once, and some of their tools once more. */
  private static String decoded(String text) {
    return text.indexOf('&') < 0 ? text : ENTITY.matcher(text).replaceAll(NormalText::character);
  }

  private static String character(MatchResult entity) {
    String decoded = entity.group();
    if (entity.group(3) != null) {
      decoded = NAMED.getOrDefault(entity.group(3), decoded);
    } else {
      int codePoint =
          entity.group(1) != null
              ? Integer.parseInt(entity.group(1))
              : Integer.parseInt(entity.group(2), 16);
      if (Character.isValidCodePoint(codePoint)) {
        decoded = Character.toString(codePoint);
      }
    }
    return Matcher.quoteReplacement(decoded);
  }

  private static String oneSpelling(String text) {
    int start = 0;
    while (start < text.length() && isSpelledSo(text.charAt(start))) {
      start++;
    }
    if (start == text.length()) {
      return text.replace("''", "\"");
    }
    StringBuilder spelled = new StringBuilder(text.length()).append(text, 0, start);
    for (int i = start; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (isSpelledSo(character)) {
        spelled.append((char) character);
      } else if (Character.isDigit(character)) {
        spelled.append((char) ('0' + Character.digit(character, 10)));
      } else {
        spelled.appendCodePoint(oneSpelling(character));
      }
      i += Character.charCount(character);
    }
    return spelled.toString().replace("''", "\"");
  }

  /** At a glance: most characters have one spelling. */
  private static boolean isSpelledSo(int character) {
    return character < FIRST_SPELLED_OTHERWISE
        ? character != '`' && character != '*' && character != '_'
        : character >= FIRST_LETTER && character <= LAST_LETTER;
  }

  private static int oneSpelling(int character) {
    return switch (character) {
      case '״', '“', '”', '„', '″' -> '"';
      case '׳', '‘', '’', '`', '´', '′' -> '\'';
      case '־', '‐', '‑', '‒', '–', '—', '−' -> '-';
      case '％', '٪', '﹪' -> '%';
      case '，', '٬' -> ',';
      case '．', '٫' -> '.';
      case '＋' -> '+';
      case '*', '_' -> ' ';
      default -> character;
    };
  }
}
