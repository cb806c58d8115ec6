package io.burnish.validation;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with everything taken out that says nothing: marks of no width, vowel points, entities of
 * HTML, runs of blanks.
 */
public final class PlainText {

  /**
   * Soft hyphen, zero-width and direction marks, byte-order mark; Hebrew accents and vowel points.
   */
  private static final Pattern MARKS =
      Pattern.compile(
          "[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7]");

  private static final Pattern BLANKS =
      Pattern.compile("[\\s\\u00A0\\u2000-\\u200A\\u202F\\u3000]+");

  private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,6}|[a-z]{2,6});");

  private static final Map<String, String> ENTITIES =
      Map.of("quot", "\"", "amp", "&", "apos", "'", "nbsp", " ", "lt", "<", "gt", ">");

  private PlainText() {}

  /**
   * The text as it is read when evidence is looked for: compatible forms folded too, e.g.
   * full-width digits.
   */
  public static String forEvidence(String text) {
    return cleaned(Normalizer.normalize(entities(text), Normalizer.Form.NFKC));
  }

  /**
   * The text without marks that have no width, and with single blanks; every letter, digit and sign
   * is kept.
   */
  public static String cleaned(String text) {
    return BLANKS.matcher(MARKS.matcher(text).replaceAll("")).replaceAll(" ").strip();
  }

  private static String entities(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(entity(match.group(1), match.group())));
  }

  private static String entity(String name, String whole) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name, whole);
    }
    int codePoint = Integer.parseInt(name.substring(1));
    return Character.isValidCodePoint(codePoint) && codePoint > 0
        ? Character.toString(codePoint)
        : whole;
  }
}
