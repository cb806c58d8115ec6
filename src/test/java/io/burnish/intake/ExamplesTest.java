package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Examples;
import io.burnish.fixtures.Examples.Example;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.RecordReader;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example files show what real input is like: each difficulty of it is in them. */
class ExamplesTest {

  private final Profile profile = Profiles.named("discount").orElseThrow();

  @ParameterizedTest
  @EnumSource
  void each_trap_is_in_an_example(ExampleTrap trap) {
    assertThat(Examples.all()).anyMatch(example -> trap.isIn(example.source().tree()));
  }

  @Test
  void three_files_have_over_thirty_records_in_the_format_of_the_scraper() {
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
  void the_files_are_indented_by_two_and_not_escaped() throws IOException {
    for (String file : Examples.READABLE) {
      String text = Examples.text(file);
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      try (SequenceWriter records = RecordJson.list(list)) {
        records.writeAll(RecordJson.read(text));
      }

      assertThat(text).isEqualTo(list.toString(StandardCharsets.UTF_8) + "\n");
    }
  }

  @Test
  void one_file_is_mainly_hebrew_one_english_one_both() {
    assertThat(hebrew(Examples.SEVEN_WINDS)).isGreaterThan(0.8);
    assertThat(hebrew(Examples.LAMPLIGHT)).isLessThan(0.05);
    assertThat(hebrew(Examples.KETTLE_MARKET)).isBetween(0.3, 0.7);
  }

  @Test
  void the_same_id_has_another_record_in_each_file() {
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
  void a_record_is_twice_in_a_file() {
    assertThat(repeated(Examples.of(Examples.SEVEN_WINDS), example -> example.source().tree()))
        .hasSize(1);
  }

  @Test
  void a_content_is_in_two_files_with_two_ids() {
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
    try (SpooledBody body = Texts.spooled(text)) {
      isBrokenAfter(
          upToTheQuote,
          catchThrowableOfType(
              MalformedBodyException.class, () -> RecordReader.readFile(body, Texts.budget())));
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

  /** The share of Hebrew among the letters of the text fields. */
  private static double hebrew(String file) {
    int[] letters =
        Examples.of(file).stream()
            .flatMap(example -> Examples.READ_BY_PEOPLE.stream().map(example::text))
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
