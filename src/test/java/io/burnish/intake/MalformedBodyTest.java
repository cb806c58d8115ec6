package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.RecordLimits;
import io.burnish.intake.records.RecordReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in a malformed body name line and column as an editor shows them. */
class MalformedBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{]                         | 1 | 3
          [{"a":1} {"b":2}]           | 1 | 10
          [\\n{"a":1},\\n{"ש":"ב"ג"}] | 3 | 9
          [{"a":"שלום",\\n"b":x}]     | 2 | 5
          [1,2                        | 1 | 5
          [1] 2                       | 1 | 5
          [\\n\\n"🎁" "ש"]            | 3 | 5
          """)
  void a_list(String text, int line, int column) {
    MalformedBodyException broken =
        broken(text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(broken).extracting(MalformedBodyException::line).isEqualTo(line);
    assertThat(broken).extracting(MalformedBodyException::column).isEqualTo(column);
  }

  @Test
  void a_place_beyond_every_buffer() {
    String text = "[" + "{\"a\":\"ש\"},\n".repeat(30_000) + "{\"a\":\"ש\" oops}]";

    MalformedBodyException broken = broken(text.getBytes(StandardCharsets.UTF_8));

    assertThat(broken.line()).isEqualTo(30_001);
    assertThat(broken.column()).isEqualTo(10);
    assertThat(broken).hasMessageContaining("unexpected 'o'");
  }

  @Test
  void a_byte_order_mark_is_no_character() {
    MalformedBodyException broken = broken("\uFEFF[x]".getBytes(StandardCharsets.UTF_8));

    assertThat(broken.column()).isEqualTo(2);
    try (SpooledBody body = Texts.spooled("\uFEFF[\"ש\",{}]")) {
      assertThat(Texts.recordsOf(RecordReader.readFile(body, Texts.budget())))
          .containsExactly("\"ש\"", "{}");
    }
    try (SpooledBody body = Texts.spooled("\uFEFF{\"a\":1}\n{}")) {
      assertThat(Texts.recordsOf(RecordReader.readLines(body, Texts.budget())))
          .containsExactly("{\"a\":1}", "{}");
    }
  }

  @Test
  void a_text_that_is_not_utf_8() {
    assertThat(broken("[\"a\"]".getBytes(StandardCharsets.UTF_16)).line()).isEqualTo(1);
    assertThat(broken(new byte[] {'[', '"', (byte) 0xF9, '"', ']'}))
        .hasMessageContaining("Save the text as UTF-8");
  }

  @Test
  void a_value_that_is_larger_than_any_record() {
    String huge = "x".repeat((int) RecordReader.LARGEST_VALUE);

    assertThat(broken(("[{},\n{\"a\":\"" + huge + "\"}]").getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("larger than any record")
        .extracting(MalformedBodyException::line)
        .isEqualTo(2);
    try (SpooledBody body = Texts.spooled("{}\n{\"a\":\"" + huge + "\"}")) {
      assertThatThrownBy(() -> RecordReader.readLines(body, Texts.budget()))
          .hasMessageContaining("line 2, column 1: this value is larger than any record");
    }
  }

  @Test
  void an_empty_file_and_one_without_a_list() {
    assertThat(broken(new byte[0])).hasMessageContaining("must hold a JSON list");
    assertThat(broken("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("must hold a JSON list");
    try (SpooledBody body = Texts.spooled("\n \n")) {
      assertThat(Texts.recordsOf(RecordReader.readLines(body, Texts.budget()))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"a":NaN}]                 | NaN is no number in JSON
          [{"a":-Infinity}]           | no number
          [{"a":True}]                | in small letters
          [{"a":1,}]                  | a comma too many
          [1,]                        | a comma too many
          [{'a':1}]                   | double quotes, not single
          [{"a":'b'}]                 | double quotes, not single
          [{a:1}]                     | must stand in double quotes
          [// x                       | JSON has no comments
          [# x                        | JSON has no comments
          [{"a":1 "b":2}]             | comma or colon missing
          [{"a" 1}]                   | comma or colon missing
          [{"a":01}]                  | number
          [{"a":+1}]                  | number
          [{"a":1.}]                  | number
          [{"a":.5}]                  | number
          [{"a":0x10}]                | unexpected
          [{"a":"\\x"}]             | backslash
          [{"a":"b	c"}]               | control character
          [{"a":1]                    | closes
          [{"a":1                     | cut off
          [{"a":"                     | cut off
          [{"a":tr                    | cut off
          [{"a":1,"a":2}]             | "a" is given twice
          [{"b":{"a":1,"a":2}}]       | "a" is given twice
          <html>                      | HTML
          id,title                    | CSV
          <<<<<<< HEAD                | merge-conflict
          [{"a":1e99999}]             | exponent
          """)
  void is_explained_in_our_own_words(String text, String sentence) {
    MalformedBodyException broken = broken(text.getBytes(StandardCharsets.UTF_8));

    assertThat(broken).hasMessageContaining(sentence);
    assertThat(broken.line()).isPositive();
    assertThat(broken.column()).isPositive();
    assertOwnWords(String.valueOf(broken.getMessage()));
  }

  static void assertOwnWords(String message) {
    assertThat(message)
        .doesNotContain("Source", "jackson", "Feature", "JsonParser", "(code", "token", "Exception")
        .doesNotMatch("(?s).*[\\x00-\\x1f].*")
        .hasSizeLessThan(600);
  }

  @Test
  void limits_are_named() {
    assertThat(broken(("[" + "[".repeat(1_500)).getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("more than 1,000 deep");
    assertThat(broken(("[{\"a\":" + "1".repeat(1_500) + "}]").getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("more than 1,000 digits");
    assertThat(broken(("[{\"" + "n".repeat(60_000) + "\":1}]").getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @CsvSource({
    "C080, overlong", "E08080, overlong", "F0808080, overlong", "EDA080, surrogate",
    "F4908080, above", "F9, latin 1", "80, continuation", "C3, cut short"
  })
  void bytes_that_are_not_utf_8_are_an_error(String hex, String kind) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    byte[] text = new byte[6 + bytes.length + 3];
    System.arraycopy("[1,\n\"a".getBytes(StandardCharsets.UTF_8), 0, text, 0, 6);
    System.arraycopy(bytes, 0, text, 6, bytes.length);
    System.arraycopy("\" ]".getBytes(StandardCharsets.UTF_8), 0, text, 6 + bytes.length, 3);

    MalformedBodyException broken = broken(text);

    assertThat(broken).as(kind).hasMessageContaining("line 2, column 3: the text is not UTF-8");
  }

  @Test
  void other_kinds_of_files_are_named() {
    assertThat(broken(new byte[] {0x1f, (byte) 0x8b, 8, 0})).hasMessageContaining("it is gzip");
    assertThat(broken("[]".getBytes(StandardCharsets.UTF_16LE))).hasMessageContaining("UTF-16");
    assertThat(broken("\uFEFF[]".getBytes(StandardCharsets.UTF_16LE)))
        .hasMessageContaining("UTF-16");
    assertThat(broken("[]".getBytes(java.nio.charset.Charset.forName("UTF-32"))))
        .hasMessageContaining("UTF-32");
    assertThat(broken(new byte[] {'P', 'K', 3, 4})).hasMessageContaining("ZIP");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"a":1},{"a":2}]    | 1 | 1  | application/json
          {"a":1}{"a":2}       | 1 | 8  | --data-binary
          {\\n"a":1\\n}        | 1 | 1  | has several lines
          {}\\n{"a":1\\n{}     | 2 | 1  | does not end in its line
          {}\\n{"a":           | 2 | 6  | cut off
          """)
  void lines_that_are_not_a_record_each(String text, int line, int column, String sentence) {
    try (SpooledBody body = Texts.spooled(text.replace("\\n", "\n"))) {
      MalformedBodyException broken =
          catchThrowableOfType(
              MalformedBodyException.class, () -> RecordReader.readLines(body, Texts.budget()));

      assertThat(broken).hasMessageContaining(sentence);
      assertThat(broken.line()).isEqualTo(line);
      assertThat(broken.column()).isEqualTo(column);
    }
  }

  @Test
  void too_many_records_or_non_objects_end_the_reading() {
    try (SpooledBody body = Texts.spooled("[" + "{},".repeat(10) + "oops")) {
      assertThatThrownBy(() -> RecordReader.readFile(body, new RecordLimits(1_000, 5)))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("5 records at most");
    }
    try (SpooledBody body = Texts.spooled("[" + "0,".repeat(20_000) + "oops")) {
      assertThatThrownBy(() -> RecordReader.readFile(body, Texts.budget()))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("not JSON objects");
    }
  }

  private static MalformedBodyException broken(byte[] text) {
    try (SpooledBody body = Texts.spooled(text)) {
      return catchThrowableOfType(
          MalformedBodyException.class, () -> RecordReader.readFile(body, Texts.budget()));
    }
  }
}
