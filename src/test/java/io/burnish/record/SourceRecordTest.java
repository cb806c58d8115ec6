package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRecordTest {

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "1", "null", "", "{"})
  void only_an_object_is_a_record(String json) {
    assertThatThrownBy(() -> SourceRecord.of(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_text_of_a_field_is_its_single_value() {
    SourceRecord source =
        SourceRecord.of("{\"text\":\"a\",\"number\":12,\"null\":null,\"list\":[1],\"no\":false}");

    assertThat(source.text("text")).contains("a");
    assertThat(source.text("number")).contains("12");
    assertThat(source.text("no")).contains("false");
    assertThat(source.text("null")).isEmpty();
    assertThat(source.text("list")).isEmpty();
    assertThat(source.text("missing")).isEmpty();
  }
}
