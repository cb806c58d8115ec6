package io.burnish.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.fixtures.Examples;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A difficulty of real input, and how to recognize a record that has it. */
enum ExampleTrap {
  SAYS_NOTHING(
      source ->
          Examples.READ_BY_PEOPLE.stream().allMatch(field -> text(source, field).equals("N/A"))),
  USAGE_LIMIT_NUMBER(source -> source.path("usage_limit").isInt()),
  USAGE_LIMIT_TEXT(field("usage_limit", "1")),
  USAGE_LIMIT_UNKNOWN(field("usage_limit", "N/A")),
  VALUE_NULL(source -> source.properties().stream().anyMatch(f -> f.getValue().isNull())),
  TO_BE_TELEPHONED(field("provider_link", "TEL")),
  TO_BE_FILLED_IN(field("provider_link", "FORM")),
  LINK_IS_AN_ERROR_OF_THE_BROWSER(field("provider_link", "chrome-error://.*")),
  CLUB_AS_TEXT(source -> source.path("club_name").isTextual()),
  CLUB_AS_LIST(source -> source.path("club_name").isArray()),
  SEVERAL_CLUBS(source -> source.path("club_name").size() > 1),
  CATEGORY_UNKNOWN(field("category", "Crafts|Fashion|Toys|Pets|Groceries")),
  CATEGORY_IN_OTHER_LETTERS(field("category", "Electronics|Lifestyle")),
  TYPE_SAYS_PERCENTAGE_OF_AN_AMOUNT(
      field("discount_type", "percentage").and(field("price", "[^%]*₪[^%]*"))),
  TYPE_SAYS_PRICE_OF_A_PERCENTAGE(field("discount_type", "price").and(field("price", "\\d+% off"))),
  TYPE_UNKNOWN(field("discount_type", "N/A").and(field("price", "(?!N/A).*"))),
  PERCENT_AT_BILLING(field("price", "\\d+% הנחה בחיוב")),
  INSTEAD_OF_WITH_PERCENT_SAVED(field("price", ".*במקום.*\\(\\d+% חיסכון\\)")),
  INSTEAD_OF(field("price", ".*instead of.*")),
  RANGE_BARE(field("price", "\\d+-\\d+")),
  RANGE_OF_MONEY(field("price", "€\\d+–\\d+")),
  RANGE_OF_PERCENT(field("price", "\\d+%-\\d+%.*")),
  FROM_IN_HEBREW(field("price", "מ-[\\d,]+ \\$ לאדם.*")),
  FROM_IN_ENGLISH(field("price", "from \\$\\d+ per person")),
  DEPOSIT(field("price", "[\\d,]+ מקדמה")),
  FEE(field("price", ".*דמי רישום")),
  FIRST_MONTH_FREE(field("price", ".*חודש.*חינם")),
  DECIMAL(field("price", "\\d\\d\\.\\d0")),
  NO_INTEREST(field("price", "0% .*")),
  ALL_OFF(field("price", "100% OFF")),
  STACKED_WITH_TOTAL_IN_TERMS(
      field("price", "\\d+%.*\\+ \\d+%.*").and(field("terms_and_conditions", ".*\\d\\.\\d%.*"))),
  BARE_FOUR_DIGITS(field("price", "\\d{4}")),
  AGOROT_A_UNIT(field("price", "עד \\d אג' .*קוט\"ש")),
  ONE_PLUS_ONE(field("price", "1\\+1.*")),
  SECOND_FREE_IN_HEBREW(field("price", "הפריט השני חינם")),
  SECOND_FREE_IN_ENGLISH(field("price", "Second .* free")),
  HALF_IN_WORDS(field("price", "חצי מחיר.*")),
  THOUSANDS(field("price", "\\d+,\\d{3} .*")),
  PRICE_IN_THE_PROSE_ALONE(field("price", "N/A").and(field("description", ".*\\d ₪.*"))),
  LONG_TEXT_HEBREW(longTerms(4000).and(field("terms_and_conditions", ".*\\p{InHebrew}.*"))),
  LONG_TEXT_ENGLISH(longTerms(2500).and(field("terms_and_conditions", "\\P{InHebrew}*"))),
  VOWEL_POINTS(anywhere("[\\u05B0-\\u05BC]")),
  ZERO_WIDTH_MARKS(anywhere("[\\u200B\\u2060]")),
  DIRECTION_MARKS(anywhere("[\\u200E\\u200F\\u202B]")),
  SOFT_HYPHEN(anywhere("\\u00AD")),
  EMOJI_JOINED(anywhere("\\x{1F469}\\u200D")),
  NON_BREAKING_SPACE(anywhere("\\d\\u00A0%")),
  BACKSLASH(anywhere("\\\\")),
  QUOTE_INSIDE_HEBREW(anywhere("\\p{InHebrew}\"\\p{InHebrew}")),
  QUOTES_INSIDE_ENGLISH(anywhere("\"[A-Za-z ]+\"")),
  CHINESE(anywhere("\\p{IsHan}{3}"));

  private final Predicate<ObjectNode> found;

  ExampleTrap(Predicate<ObjectNode> found) {
    this.found = found;
  }

  /** Whether the record has this difficulty. */
  boolean isIn(ObjectNode source) {
    return found.test(source);
  }

  private static Predicate<ObjectNode> field(String name, String pattern) {
    Pattern whole = Pattern.compile(pattern, Pattern.DOTALL);
    return source -> source.path(name).isTextual() && whole.matcher(text(source, name)).matches();
  }

  private static Predicate<ObjectNode> longTerms(int atLeast) {
    return source -> text(source, "terms_and_conditions").length() >= atLeast;
  }

  private static Predicate<ObjectNode> anywhere(String pattern) {
    Pattern part = Pattern.compile(pattern);
    return source ->
        source.properties().stream()
            .anyMatch(field -> part.matcher(field.getValue().asText()).find());
  }

  private static String text(ObjectNode source, String field) {
    return source.path(field).asText();
  }
}
