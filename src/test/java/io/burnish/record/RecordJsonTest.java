package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":2}",
        "1.10",
        "123456789012345678901234567890",
        "0.1234567890123456789012345678901234567890",
        "\"מבצע 😀 – \\\"חם\\\"\"",
        "\"a\\u0000b\"",
        "\"half \\ud83d of a pair\"",
        "\"other \\ude00 half\"",
        "[]",
        "{}",
        "null"
      })
  void a_value_that_was_read_is_written_to_the_letter(String json) {
    assertThat(RecordJson.write(RecordJson.read(json))).isEqualTo(json);
  }

  @Test
  void a_number_with_an_exponent_keeps_its_value() {
    JsonNode written = RecordJson.read(RecordJson.write(RecordJson.read("1e5")));

    assertThat(written.decimalValue()).isEqualByComparingTo("100000");
  }

  @Test
  void the_last_of_two_equal_keys_counts() {
    assertThat(RecordJson.read("{\"a\":1,\"a\":2}").path("a").intValue()).isEqualTo(2);
  }

  @Test
  void a_list_has_two_blanks_of_indent_and_bare_non_ascii() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (SequenceWriter list = RecordJson.list(bytes)) {
      list.write(RecordJson.read("{\"a\":\"א\",\"b\":[]}"));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("[\n  {\n    \"a\": \"א\",\n    \"b\": []\n  }\n]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":}", "{} {}", "{\"a\":1", "<<<<<<< HEAD"})
  void text_that_is_not_one_value_is_rejected(String text) {
    assertThatThrownBy(() -> RecordJson.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{\"_e\":{\"x\":[1.10]}}",
        "{\"a\":1.10,\"b\":[{\"_e\":1}]}|{\"a\":1.10,\"b\":[{\"_e\":1}],\"_e\":{\"x\":[1.10]}}",
        "{\"_e\":7,\"a\":1E+3}|{\"a\":1E+3,\"_e\":{\"x\":[1.10]}}",
        "{\"_e\":{\"x\":[{}]},\"a\":null}|{\"a\":null,\"_e\":{\"x\":[1.10]}}"
      })
  void a_stored_object_is_copied_with_one_more_field_that_replaces_its_own(
      String stored, String written) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    try (SequenceWriter lines = RecordJson.lines(out)) {
      lines.write(RecordJson.copyWith(stored, "_e", "{\"x\":[1.10]}"));
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":[1", "[]", ""})
  void an_incomplete_object_is_not_copied(String stored) throws IOException {
    SequenceWriter lines = RecordJson.lines(new ByteArrayOutputStream());

    assertThatThrownBy(() -> lines.write(RecordJson.copyWith(stored, "_e", "{}")))
        .isInstanceOf(IOException.class);
  }
}
