package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.InvalidJobException.FieldError;
import io.burnish.intake.records.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that is JSON but not a job is rejected with all its errors. */
class InvalidJobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a","name":"b","records":[]}                     | name: is given twice, again at line 1, column 20
          {"mode":"store","mode":"enhance","records":[]}           | mode: is given twice
          {"options":{},"options":{},"records":[]}                 | options: is given twice
          {"records":[],"records":[]}                              | records: is given twice
          {"files":[{"name":null,"records":[]}]}                   | files[0].name: each file must have a name
          {"files":[{"name":"","records":[]}]}                     | files[0].name: each file must have a name
          {"files":[{"name":"b"}]}                                 | files[0].records: each file must have a list
          {"files":[1]}                                            | files[0]: must be an object
          {"name":"","records":[]}                                 | name: a name must not be empty
          {"name":"a\\u0000b","records":[]}                        | NUL
          {"discount_id":"1","title":"5%"}                         | this looks like a record by itself
          {"options":{"priority":null},"records":[]}               | options.priority: must be
          {"options":{"rulesOff":[1]},"records":[]}                | options.rulesOff: must be a list
          {}                                                       | give "records", "files" or "dataDir"
          1                                                        | post a JSON list of records
          `   `                                                    | the body is empty; post a JSON list
          """)
  void of_a_body(String body, String sentence) {
    assertThat(errorsOf(body))
        .anyMatch(error -> error.contains(sentence))
        .noneMatch(m -> m.startsWith(":"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"records":[{}]}      | job.records: the records come in the parts named file
          []                    | job: the part must be a JSON object
          ` `                   | job: the part is empty
          {"nome":1}            | known are name, profile, mode, options
          """)
  void of_the_part_job(String part, String sentence) {
    try (SpooledBody spooled = Texts.spooled(part)) {
      InvalidJobException refused =
          catchThrowableOfType(
              InvalidJobException.class,
              () -> JobRequest.ofFiles(spooled, List.of()).requireValid());

      assertThat(refused.errors()).anyMatch(error -> error.toString().contains(sentence));
    }
  }

  @Test
  void a_part_that_is_not_json_is_named() {
    try (SpooledBody spooled = Texts.spooled("{mode:1}")) {
      assertThat(
              catchThrowableOfType(
                  MalformedBodyException.class, () -> JobRequest.ofFiles(spooled, List.of())))
          .hasMessageStartingWith("the part job: not JSON at line 1, column 2: ");
    }
  }

  @Test
  void the_first_hundred_are_shown_and_the_others_counted() {
    String fields =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"f%d\":0".formatted(i))
            .collect(Collectors.joining(","));

    InvalidJobException refused = refused("{" + fields + "}");

    assertThat(refused.count()).isGreaterThanOrEqualTo(5_000);
    assertThat(refused.errors()).hasSize(101);
    assertThat(refused.errors().get(100).message()).matches("and 4,90\\d more");
  }

  @Test
  void text_of_the_client_is_quoted_as_an_excerpt_on_one_line() {
    String profile = "x\\n\\u001b[31mERROR" + "y".repeat(3_000);

    InvalidJobException refused = refused("{\"records\":[],\"profile\":\"" + profile + "\"}");

    assertThat(refused.errors().get(0).message())
        .startsWith("\"x\\n\\u001b[31mERROR")
        .hasSizeLessThan(320);
  }

  @Test
  void a_value_that_is_much_too_long_is_rejected_without_being_held() {
    try (SpooledBody spooled =
        Texts.spooled("{\"profile\":\"" + "y".repeat(300_000) + "\",\"records\":[]}")) {
      assertThat(
              catchThrowableOfType(
                  MalformedBodyException.class, () -> JobReader.read(spooled, Texts.budget())))
          .hasMessageContaining("longer than it may be here");
    }
  }

  private static List<String> errorsOf(String body) {
    return refused(body).errors().stream().map(FieldError::toString).toList();
  }

  private static InvalidJobException refused(String body) {
    try (SpooledBody spooled = Texts.spooled(body)) {
      InvalidJobException refused =
          catchThrowableOfType(
              InvalidJobException.class,
              () -> JobReader.read(spooled, Texts.budget()).requireValid());
      assertThat(refused).as(body).isNotNull();
      return refused;
    }
  }

  @Test
  void query_parameters_of_lines_have_the_same_errors() {
    try (SpooledBody spooled = Texts.spooled("{}")) {
      InvalidJobException refused =
          catchThrowableOfType(
              InvalidJobException.class,
              () ->
                  JobRequest.ofLines(
                          RecordReader.readLines(spooled, Texts.budget()),
                          Map.of("priority", List.of("urgent"), "name", List.of("")))
                      .requireValid());

      assertThat(refused.errors())
          .contains(
              new FieldError("options.priority", "must be \"low\", \"normal\" or \"high\""),
              new FieldError("name", "a name must not be empty"));
    }
  }
}
