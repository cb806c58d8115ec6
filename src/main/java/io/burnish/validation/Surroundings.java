package io.burnish.validation;

import java.util.regex.Pattern;

/**
 * Tells from the words beside a number what it is the number of. Words of Hebrew and English
 * retail; patterns expect {@link NormalText}.
 */
final class Surroundings {

  /** Characters looked at on either side. */
  static final int WIDTH = 32;

  private static final String NO_LETTER_AFTER = "(?![\\p{L}])";
  private static final String NO_LETTER_BEFORE = "(?<![\\p{L}])";
  private static final String CURRENCY_WORDS =
      "ש\"ח|ש'ח|שח|שקל(?:ים)?|דולר(?:ים)?|יורו|אירו|פאונד|ליש\"ט|לירות|NIS|ILS|USD|EUR|GBP|CAD|AUD"
          + "|CHF|PHP|LKR|INR|JPY|NTD?|TWD|HKD|SGD|AED|Rs|rupees?|pesos?|dollars?|euros?|pounds?"
          + "|shekels?|bucks";
  private static final String FORMER =
      "במקום|מחיר מלא|מחיר רגיל|מחיר מחירון|מחירון|instead of|rather than|reduced from|down from|was|were"
          + "|regular(?:ly)?(?: price)?|reg\\.|list price|RRP|MSRP";
  private static final String THRESHOLD =
      "מעל|מתחת|מינימום|לפחות|at least|over|above|under|below|min\\.?|minimum|minimum (?:spend|purchase|order)"
          + "|min\\. (?:spend|purchase|order)|spend|orders?|purchases?|when you spend";

  private static final Pattern PERCENT_AFTER =
      after(" ?(?:%|per ?cent" + NO_LETTER_AFTER + "|pct|אחוז)");
  private static final Pattern PERCENT_BEFORE = before("(?<![\\d ]) ?%");
  private static final Pattern MINOR_AFTER =
      after(" ?(?:¢|(?:אג'|אג\\.|אג|אגורות|אגורה|agorot|cents?)" + NO_LETTER_AFTER + ")");
  private static final Pattern MONEY_AFTER =
      after(
          " ?(?:"
              + "\\p{Sc}(?!\\d)|(?<! )\\p{Sc}|(?:"
              + CURRENCY_WORDS
              + ")"
              + NO_LETTER_AFTER
              + "|元|円)");
  private static final Pattern THOUSAND_AFTER =
      after(
          " ?(?:אלף|אלפי|thousand) ?(?:\\p{Sc}|(?:" + CURRENCY_WORDS + ")" + NO_LETTER_AFTER + ")");
  private static final Pattern MONEY_BEFORE =
      before(
          "(?:\\p{Sc}|(?<!\\d ?)\\p{Sc} |"
              + NO_LETTER_BEFORE
              + "(?<!\\d ?)(?:"
              + CURRENCY_WORDS
              + ")\\.? ?)");

  private static final Pattern LATIN_BESIDE_BEFORE = before("[A-Za-z#](?:-|)");
  private static final Pattern LATIN_BESIDE_AFTER = after("[A-Za-z]|-[A-Za-z]");
  private static final Pattern QUANTITY_AFTER =
      after(
          " ?(?:[+\"°²³]|-?(?:"
              + "יום|ימים|ימי|לילות|לילה|חודש(?:ים|י)?|שבועות|שבוע|שנים|שנה|שעות|שעה|דקות|דק'"
              + "|פעמים|תשלומים|יחידות|יח'|סוגי|זוגות|כרטיסים|מנות|ליטר|מ\"ל|ס\"מ|מ\"מ|ק\"מ|ק\"ג|גרם|גר'|קג"
              + "|קוט\"ש|וואט|וולט|אינץ'?|נקודות|נק'|אנשים|משתתפים|סועדים|ילדים|מ\"ר|מטר|אלף|נכדים"
              + "|months?|days?|nights?|years?|weeks?|hours?|hrs?|minutes?|mins?|times|inch(?:es)?"
              + "|cm|mm|ml|kg|gb|tb|pcs|pieces?|items?|units?|people|persons?|users?|seats?|points?"
              + "|installments?|stars?|pairs?)"
              + NO_LETTER_AFTER
              + ")");
  private static final String MONTHS =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june"
          + "|july|august|september|october|november|december|ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי"
          + "|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר)";
  private static final Pattern DATE_AFTER = after(" ?ב?" + MONTHS + NO_LETTER_AFTER);
  private static final Pattern DATE_BEFORE =
      before("(?<![A-Za-z])ב?" + MONTHS + "\\.? ?(?:\\d{1,2},? )?(?:\\d{1,2} ?- ?\\d{1,2},? )?");

  private static final Pattern FORMER_BEFORE = before("(?:" + FORMER + ")(?: של)? ?:? ?[במ]?-? ?");
  private static final Pattern THRESHOLD_BEFORE =
      before(NO_LETTER_BEFORE + "(?:" + THRESHOLD + ")(?: of)? ?(?:ל|ה|ב)?-? ?");
  private static final Pattern THRESHOLD_AFTER =
      after(" ?(?:ומעלה|ויותר|or more|and (?:above|up|over)|minimum)");
  private static final Pattern PLUS_AFTER = after("\\+(?! ?\\d)");
  private static final Pattern OFF_AFTER =
      after(" ?-? ?(?:הנחה|הנחת|off|discount)" + NO_LETTER_AFTER);
  private static final Pattern OFF_BEFORE =
      before(NO_LETTER_BEFORE + "(?:הנחה של|הנחה בסך|save|discount of|discount:) ?(?:up to )?-? ?");
  private static final Pattern PRICE_WORD_BEFORE =
      before(
          NO_LETTER_BEFORE
              + "(?:רק|ב?מחיר(?: של)?|בעלות(?: של)?|עלות|עולה|החל מ|בסך|only|just|for only|price(?: of)?"
              + "|costs?|cost of|starting at|from only) ?:? ?[במ]?-? ?");
  private static final Pattern PRICE_WORD_AFTER =
      after(" ?(?:במקום|בלבד|instead of)" + NO_LETTER_AFTER);

  private static final Pattern CURRENCY_AT_END =
      before("(?:\\p{Sc}|(?:" + CURRENCY_WORDS + ")\\.?) ?");

  private Surroundings() {}

  /** Whether the number is a percentage by its own sign or word. */
  static boolean sayPercent(String before, String after) {
    return PERCENT_AFTER.matcher(after).find() || PERCENT_BEFORE.matcher(before).find();
  }

  /** Whether it counts the hundredths of a currency. */
  static boolean sayMinorUnit(String after) {
    return MINOR_AFTER.matcher(after).find();
  }

  /** Whether it counts thousands of a currency. */
  static boolean sayThousands(String after) {
    return THOUSAND_AFTER.matcher(after).find();
  }

  /** Whether a currency belongs to it. */
  static boolean sayCurrency(String before, String after) {
    return MONEY_AFTER.matcher(after).find() || MONEY_BEFORE.matcher(before).find();
  }

  /** What an amount of money is for. */
  static NumberUse ofMoney(String before, String after) {
    String words = CURRENCY_AT_END.matcher(before).replaceFirst("");
    if (FORMER_BEFORE.matcher(words).find()) {
      return NumberUse.FORMER_PRICE;
    }
    String rest = MONEY_AFTER.matcher(after).replaceFirst("");
    boolean threshold =
        THRESHOLD_BEFORE.matcher(words).find()
            || THRESHOLD_AFTER.matcher(rest).find()
            || PLUS_AFTER.matcher(after).find();
    return threshold ? NumberUse.THRESHOLD : NumberUse.MONEY;
  }

  /** What a number without percent sign or currency is for. */
  static NumberUse ofNumberAlone(String before, String after) {
    if (LATIN_BESIDE_BEFORE.matcher(before).find()
        || LATIN_BESIDE_AFTER.matcher(after).find()
        || QUANTITY_AFTER.matcher(after).find()
        || DATE_AFTER.matcher(after).find()
        || DATE_BEFORE.matcher(before).find()) {
      return NumberUse.OTHER;
    }
    if (FORMER_BEFORE.matcher(before).find()) {
      return NumberUse.FORMER_PRICE;
    }
    if (THRESHOLD_BEFORE.matcher(before).find()) {
      return NumberUse.THRESHOLD;
    }
    if (OFF_AFTER.matcher(after).find() || OFF_BEFORE.matcher(before).find()) {
      return NumberUse.OFF;
    }
    boolean priced =
        PRICE_WORD_BEFORE.matcher(before).find() || PRICE_WORD_AFTER.matcher(after).find();
    return priced ? NumberUse.MONEY : NumberUse.BARE;
  }

  private static Pattern after(String words) {
    return Pattern.compile("^(?:" + words + ")", Pattern.CASE_INSENSITIVE);
  }

  private static Pattern before(String words) {
    return Pattern.compile("(?:" + words + ")$", Pattern.CASE_INSENSITIVE);
  }
}
