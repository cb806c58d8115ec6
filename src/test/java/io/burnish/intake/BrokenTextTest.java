package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that can't be read is told where, as an editor would show it. */
class BrokenTextTest {

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
    try (Spooled body = Texts.spooled("\uFEFF[\"ש\",{}]")) {
      assertThat(Texts.recordsOf(RecordReader.readFile(body))).containsExactly("\"ש\"", "{}");
    }
    try (Spooled body = Texts.spooled("\uFEFF{\"a\":1}\n{}")) {
      assertThat(Texts.recordsOf(LineReader.readAll(body))).containsExactly("{\"a\":1}", "{}");
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
    String huge = "x".repeat(RecordReader.LARGEST_RECORD);

    assertThat(broken(("[{},\n{\"a\":\"" + huge + "\"}]").getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("larger than any record")
        .extracting(MalformedBodyException::line)
        .isEqualTo(2);
    try (Spooled body = Texts.spooled("{}\n{\"a\":\"" + huge + "\"}")) {
      assertThatThrownBy(() -> LineReader.readAll(body))
          .hasMessageContaining("line 2, column 1: this line is longer than any record");
    }
  }

  @Test
  void nothing_and_what_is_no_list() {
    assertThat(broken(new byte[0])).hasMessageContaining("must hold a JSON list");
    assertThat(broken("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("must hold a JSON list");
    try (Spooled body = Texts.spooled("\n \n")) {
      assertThat(Texts.recordsOf(LineReader.readAll(body))).isEmpty();
    }
  }

  private static MalformedBodyException broken(byte[] text) {
    try (Spooled body = Texts.spooled(text)) {
      return catchThrowableOfType(MalformedBodyException.class, () -> RecordReader.readFile(body));
    }
  }
}
