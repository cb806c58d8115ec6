package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Examples;
import io.burnish.fixtures.Examples.Example;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.RecordJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example files show what real input is like: every trap is in them, and stays in them. */
class ExamplesTest {

  private static final List<String> READ_BY_PEOPLE =
      List.of("title", "price", "description", "terms_and_conditions");

  private static final int LONG_HEBREW = 4000;
  private static final int LONG_ENGLISH = 2500;

  private final Profile profile = Profiles.named("discount").orElseThrow();

  /** A trap of real input, and how one knows a record that has it. */
  private enum Trap {
    SAYS_NOTHING(
        source -> READ_BY_PEOPLE.stream().allMatch(field -> text(source, field).equals("N/A"))),
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
    TYPE_SAYS_PRICE_OF_A_PERCENTAGE(
        field("discount_type", "price").and(field("price", "\\d+% off"))),
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
    LONG_TEXT_HEBREW(
        longTerms(LONG_HEBREW).and(field("terms_and_conditions", ".*\\p{InHebrew}.*"))),
    LONG_TEXT_ENGLISH(longTerms(LONG_ENGLISH).and(field("terms_and_conditions", "\\P{InHebrew}*"))),
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

    Trap(Predicate<ObjectNode> found) {
      this.found = found;
    }

    private static Predicate<ObjectNode> field(String name, String pattern) {
      Pattern whole = Pattern.compile(pattern, Pattern.DOTALL);
      return source -> source.path(name).isTextual() && whole.matcher(text(source, name)).matches();
    }

    private static Predicate<ObjectNode> longTerms(int characters) {
      return source -> text(source, "terms_and_conditions").length() >= characters;
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

  @ParameterizedTest
  @EnumSource
  void each_trap_is_there(Trap trap) {
    assertThat(Examples.all()).anyMatch(example -> trap.found.test(example.source().tree()));
  }

  @Test
  void three_files_hold_thirty_records_and_more_in_the_form_of_the_scraper() {
    assertThat(Examples.READABLE)
        .hasSize(3)
        .allSatisfy(file -> assertThat(Examples.of(file)).hasSizeGreaterThanOrEqualTo(12));
    assertThat(Examples.all()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Examples.all())
        .allSatisfy(
            example ->
                assertThat(example.source().tree().fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(Discounts.FIELDS));
  }

  @Test
  void the_files_are_indented_by_two_and_not_escaped() {
    for (String file : Examples.READABLE) {
      String text = Examples.text(file);

      assertThat(text).isEqualTo(RecordJson.writeIndented(RecordJson.read(text)) + "\n");
    }
  }

  @Test
  void one_file_is_mainly_hebrew_one_english_one_both() {
    assertThat(hebrew(Examples.SEVEN_WINDS)).isGreaterThan(0.8);
    assertThat(hebrew(Examples.LAMPLIGHT)).isLessThan(0.05);
    assertThat(hebrew(Examples.KETTLE_MARKET)).isBetween(0.3, 0.7);
  }

  @Test
  void an_id_means_something_else_in_each_file() {
    Set<String> shared = new TreeSet<>(ids(Examples.SEVEN_WINDS));
    shared.retainAll(ids(Examples.LAMPLIGHT));
    shared.retainAll(ids(Examples.KETTLE_MARKET));

    assertThat(shared).hasSizeGreaterThanOrEqualTo(10);
    assertThat(Examples.all())
        .filteredOn(example -> example.text("discount_id").equals("1"))
        .extracting(example -> example.text("title"))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void each_file_has_one_record_with_nothing_to_enhance_and_everything_else_is_admitted() {
    assertThat(Examples.all())
        .filteredOn(example -> !profile.admit(example.source()).isEmpty())
        .extracting(Example::file, example -> profile.admit(example.source()).get(0).rule())
        .containsExactlyInAnyOrderElementsOf(
            Examples.READABLE.stream().map(file -> tuple(file, "nothing_to_enhance")).toList());
  }

  @Test
  void a_record_stands_twice_in_a_file() {
    assertThat(repeated(Examples.of(Examples.SEVEN_WINDS), example -> example.source().tree()))
        .hasSize(1);
  }

  @Test
  void a_content_stands_in_two_files_under_two_ids() {
    List<Example> all =
        Examples.all().stream().filter(e -> profile.admit(e.source()).isEmpty()).toList();
    Set<JsonNode> contents = repeated(all, e -> profile.fieldsToRead(e.source()));

    assertThat(contents).hasSize(2);
    assertThat(
            all.stream()
                .filter(e -> contents.contains(profile.fieldsToRead(e.source())))
                .map(Example::place))
        .containsExactlyInAnyOrder(
            "seven-winds 13", "seven-winds 13", "lamplight 3", "kettle-market 7");
  }

  @Test
  void the_broken_file_is_broken_where_the_readme_says() {
    String text = Examples.text(Examples.NIGHT_STALLS);
    String upToTheQuote = text.substring(0, text.indexOf("בע\"") + "בע\"".length());
    try (Spooled body = Texts.spooled(text)) {
      isBrokenAfter(
          upToTheQuote,
          catchThrowableOfType(MalformedBodyException.class, () -> RecordReader.readFile(body)));
    }
  }

  private static void isBrokenAfter(String upToTheQuote, MalformedBodyException broken) {

    assertThat(broken.line()).isEqualTo((int) upToTheQuote.lines().count());
    assertThat(broken.column()).isEqualTo(upToTheQuote.length() - upToTheQuote.lastIndexOf('\n'));
    assertThat(broken).hasMessageContaining("A double quote inside text must be written \\\"");
    assertThat(Examples.text("../README.md"))
        .contains("line %d, column %d".formatted(broken.line(), broken.column()));
  }

  private static Set<String> ids(String file) {
    return Examples.of(file).stream()
        .map(example -> example.text("discount_id"))
        .collect(Collectors.toSet());
  }

  private static Set<JsonNode> repeated(
      List<Example> examples, Function<Example, JsonNode> identity) {
    Set<JsonNode> seen = new HashSet<>();
    return examples.stream()
        .map(identity)
        .filter(content -> !seen.add(content))
        .collect(Collectors.toSet());
  }

  /** The share of Hebrew among the letters of what people read. */
  private static double hebrew(String file) {
    int[] letters =
        Examples.of(file).stream()
            .flatMap(example -> READ_BY_PEOPLE.stream().map(example::text))
            .flatMapToInt(String::codePoints)
            .filter(Character::isLetter)
            .toArray();
    long hebrew =
        Arrays.stream(letters)
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HEBREW)
            .count();
    return (double) hebrew / letters.length;
  }
}
