package io.burnish.simulator.answers;

import io.burnish.simulator.answers.TextNumber.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the numbers in a text, English or Hebrew, and their units. Stateless. */
final class TextNumbers {

  private static final int IGNORE_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** A date, a time, a telephone number, a long identifier: digits that are not an amount. */
  private static final Pattern NOT_AN_AMOUNT =
      Pattern.compile(
          "https?://\\S+|www\\.\\S+|\\b\\d{1,2}([./])\\d{1,2}\\1\\d{2,4}\\b|\\b\\d{1,2}:\\d{2}\\b"
              + "|\\*\\s?\\d{3,5}\\b|\\b\\d{3,5}\\s?\\*(?!\\d)|\\b0\\d{1,2}-?\\d{7}\\b|\\b1-?[78]00[-\\d]{3,}\\b|\\d{8,}"
              + "|\\b\\d{1,2}\\s?[-–]\\s?\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b");

  /** Digits with thousands separators, or plain digits with a decimal point or comma. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\d.,])(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)(?![\\d]|[.,]\\d)");

  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");

  private static final String PERCENT_SIGN =
      "(?:%|٪|אחוזי(?:ם)?|אחוז|percent\\b|per cent\\b|pct\\b)";

  private static final String CURRENCY =
      "(?:₪|ש\"ח|ש''ח|ש״ח|שח\\b|שקל(?:ים)?|nis\\b|ils\\b|\\$|usd\\b|us\\$|dollars?\\b|דולר(?:ים)?|€|eur(?:os?)?\\b|יורו|אירו"
          + "|£|gbp\\b|pounds?\\b|rs\\b\\.?|lkr\\b|inr\\b|₹|aed\\b|元)";

  private static final String MINOR = "(?:אג['׳’]|אגורות|אגורה|אג\\b|cents?\\b|¢)";

  private static final String THINGS =
      "(?:ימים|ימי|יום|לילות|לילה|שעות|שעה|דקות|דק'|חודשים|חודש|שבועות|שנים|שנה|שנות|סניפים|סניפי|יחידות|יח'|יחידה|גרם|גר'|ק\"ג|קג"
          + "|מ\"ל|ליטר|ק\"מ|מטר|מ\"ר|ס\"מ|תשלומים|תשלום|נקודות|אנשים|סועדים|פריטים|מנות|כרטיסים|שורות|kwh|days?|nights?|hours?|minutes?"
          + "|weeks?|months?|years?|units?|items?|pieces?|pcs|points?|people|persons?|guests?|branches|stores?|outlets?|instal?lments?"
          + "|gb|mb|tb|kg|km|ml|cm|mm|devices?|users?|sites?|seats?|projects?|x\\b|st\\b|nd\\b|rd\\b|th\\b)";

  private static final Pattern PERCENT_AFTER = after("\\s?" + PERCENT_SIGN);
  private static final Pattern PERCENT_BEFORE = Pattern.compile("%\\s?$");
  private static final Pattern MONEY_AFTER = after("\\s?(?:/-)?\\s?" + CURRENCY);
  private static final Pattern MONEY_BEFORE =
      Pattern.compile("(?:" + CURRENCY + ")\\s?$", IGNORE_CASE);
  private static final Pattern MINOR_AFTER = after("\\s?" + MINOR);
  private static final Pattern THINGS_AFTER = after("[\\s-]?" + THINGS + "(?![\\p{L}])");
  private static final Pattern FORMER_BEFORE =
      Pattern.compile(
          "(?:במקום|מחיר רגיל|מחיר מחירון|מחיר מלא|instead of|regular(?:ly)?(?: price)?|was|rrp|list price)[\\s:]*(?:ב-?|ל-?)?"
              + CURRENCY
              + "?\\s?$",
          IGNORE_CASE);

  /** In a range the first number has the unit of the second: {@code 20-30%}, {@code 39–45 ₪}. */
  private static final Pattern RANGE_AFTER =
      Pattern.compile("^\\s?(?:[-–—]|עד|to)\\s?\\d[\\d,.]*(.{0,12})", IGNORE_CASE);

  private static final Pattern FREE =
      Pattern.compile(
          "חינם|ללא עלות|ללא תשלום|(?<!שובר )במתנה|\\bfree\\b|\\bcomplimentary\\b|\\bgratis\\b",
          IGNORE_CASE);

  private static final Pattern HALF =
      Pattern.compile("חצי (?:ה)?מחיר|\\bhalf[ -](?:the )?price\\b|\\bhalf off\\b", IGNORE_CASE);

  private static final Pattern ONE_FOR_ANOTHER =
      Pattern.compile(
          "\\b[12]\\s?\\+\\s?1\\b|\\bbogo\\b|buy (?:one|1),? get (?:one|1|another)|(?:2|two) for (?:1|one)(?!\\d)"
              + "|get (?:one|1)(?: \\w+)? free|second \\w{0,12} ?(?:is |for )?free"
              + "|(?:אחד|אחת) פלוס (?:אחד|אחת)|שני(?:ה|ת)? ב?(?:חינם|מתנה)|(?:שניים|שתיים|שני|2) במחיר (?:של )?(?:אחד|אחת|1)"
              + "|קנ(?:ה|ו|י|יתם|ית) (?:אחד|אחת|1),? (?:ו)?(?:קבל|קבלו|קבלי)",
          IGNORE_CASE);

  private TextNumbers() {}

  private static Pattern after(String what) {
    return Pattern.compile("^" + what, IGNORE_CASE);
  }

  /** The numbers in a cleaned text, in order. */
  static List<TextNumber> in(String text) {
    if (text.chars().noneMatch(Character::isDigit)) {
      return List.of();
    }
    String readable =
        NOT_AN_AMOUNT.matcher(text).replaceAll(match -> " ".repeat(match.end() - match.start()));
    List<TextNumber> amounts = new ArrayList<>();
    Matcher number = NUMBER.matcher(readable);
    while (number.find()) {
      amounts.add(amount(readable, number));
    }
    return amounts;
  }

  private static TextNumber amount(String text, Matcher number) {
    BigDecimal value = value(number.group());
    String before = text.substring(Math.max(0, number.start() - 24), number.start());
    String after = text.substring(number.end(), Math.min(text.length(), number.end() + 24));
    if (FORMER_BEFORE.matcher(before).find() && unit(before, after) != Unit.PERCENT) {
      return new TextNumber(value, Unit.FORMER_PRICE);
    }
    if (MINOR_AFTER.matcher(after).find()) {
      return new TextNumber(value.movePointLeft(2), Unit.MONEY);
    }
    return new TextNumber(value, unit(before, after));
  }

  private static Unit unit(String before, String after) {
    if (PERCENT_AFTER.matcher(after).find()) {
      return Unit.PERCENT;
    }
    if (MONEY_AFTER.matcher(after).find()) {
      return Unit.MONEY;
    }
    Matcher range = RANGE_AFTER.matcher(after);
    if (range.find()) {
      Unit ofSecond = unit("", range.group(1));
      if (ofSecond != Unit.BARE) {
        return ofSecond;
      }
    }
    if (MONEY_BEFORE.matcher(before).find()) {
      return Unit.MONEY;
    }
    if (PERCENT_BEFORE.matcher(before).find()) {
      return Unit.PERCENT;
    }
    return THINGS_AFTER.matcher(after).find() ? Unit.OTHER : Unit.BARE;
  }

  /** {@code 1,109} has a thousands separator; {@code 12,5} has a decimal comma. */
  static BigDecimal value(String digits) {
    boolean thousands = THOUSANDS.matcher(digits).matches();
    return new BigDecimal(thousands ? digits.replace(",", "") : digits.replace(',', '.'));
  }

  /** Whether the text says that something is free. */
  static boolean free(String text) {
    return FREE.matcher(text).find();
  }

  /** Whether the text says half price. */
  static boolean half(String text) {
    return HALF.matcher(text).find();
  }

  /** The wording of a buy-one-get-one offer, e.g. {@code 1+1}; empty if there is none. */
  static Optional<String> oneForAnother(String text) {
    Matcher words = ONE_FOR_ANOTHER.matcher(text);
    return words.find() ? Optional.of(words.group()) : Optional.empty();
  }
}
