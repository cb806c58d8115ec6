package io.burnish.tracking.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.record.JsonText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFileTest {

  @Test
  void what_the_script_wrote_is_read() {
    Read file =
        read(
            "{\"processed_discounts\": [\"89\", \"7\"], \"failed_discounts\": [\"93\"],"
                + " \"model_429_count\": {\"llama3-70b-8192\": 3},"
                + " \"timestamp\": \"2025-08-07T21:19:40.642738\"}");

    assertThat(file.processed()).containsExactly("89", "7");
    assertThat(file.failed()).containsExactly("93");
    assertThat(file.times429()).isEqualTo(Map.of("llama3-70b-8192", 3));
  }

  @Test
  void ids_may_be_numbers_and_unknown_fields_and_blank_ids_are_passed_over() {
    Read file =
        read(
            "{\"version\":{\"a\":[1]},\"processed_discounts\":[89,\" 90 \",null,\"\",1.5],\"failed_discounts\":null}");

    assertThat(file.processed()).containsExactly("89", "90", "1.5");
    assertThat(file.failed()).isEmpty();
    assertThat(file.times429()).isEmpty();
    assertThat(file.passedOver()).isEqualTo(2);
  }

  @Test
  void different_ids_are_counted_and_what_is_processed_and_failed_is_processed() {
    StateFile file =
        StateFile.check(
            source("{\"failed_discounts\":[\"1\",\"2\"],\"processed_discounts\":[1,1,3]}"));

    assertThat(file.processed()).isEqualTo(2);
    assertThat(file.failed()).isEqualTo(1);
    assertThat(file.models()).isZero();
  }

  @Test
  void an_id_that_is_listed_very_often_is_one_id() {
    StateFile file =
        StateFile.check(source("{\"processed_discounts\":[0" + ",1".repeat(600_000) + "]}"));

    assertThat(file.processed()).isEqualTo(2);
  }

  @Test
  void a_byte_order_mark_is_no_mistake() {
    assertThat(read("\uFEFF{\"processed_discounts\":[1]}").processed()).containsExactly("1");
  }

  @Test
  void broken_json_is_shown_where_it_is_in_characters() {
    StateFileException broken = mistake("{\n  \"processed_discounts\": [\"שלום\" oops]\n}");

    assertThat(broken.field()).isEmpty();
    assertThat(broken.line()).isEqualTo(2);
    assertThat(broken.column()).isEqualTo(34);
    assertThat(broken).hasMessageStartingWith("not JSON at line 2, column 34: ");
  }

  @Test
  void a_file_that_ends_too_early_goes_on_too_long_or_is_empty_is_not_json() {
    assertThat(mistake("{\"processed_discounts\":[").field()).isEmpty();
    assertThat(mistake("{\"processed_discounts\":[]} {}").field()).isEmpty();
    assertThat(mistake("").field()).isEqualTo("the file");
    assertThat(mistake("").line()).isEqualTo(1);
  }

  @Test
  void bytes_that_are_no_text_are_shown_where_they_are() {
    byte[] body = "{\n\"א\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xFF;

    StateFileException broken =
        catchThrowableOfType(StateFileException.class, () -> StateFile.check(source(body)));

    assertThat(broken)
        .hasMessageStartingWith("not JSON at line 2, column 6: the text is not UTF-8");
  }

  @Test
  void json_that_is_no_state_file_is_named_by_its_place() {
    assertThat(mistake("[]").field()).isEqualTo("the file");
    assertThat(mistake("{\"processed\":[1]}")).hasMessageContaining("is it a state file?");
    assertThat(mistake("{\"processed_discounts\":{}}").field()).isEqualTo("processed_discounts");
    StateFileException nested = mistake("{\"failed_discounts\":[1,\n [2]]}");
    assertThat(nested.field()).isEqualTo("failed_discounts[1]");
    assertThat(nested.line()).isEqualTo(2);
    assertThat(nested.column()).isEqualTo(2);
    assertThat(mistake("{\"failed_discounts\":[true]}").field()).isEqualTo("failed_discounts[0]");
    assertThat(mistake("{\"failed_discounts\":[\"" + "x".repeat(501) + "\"]}"))
        .hasMessageContaining("500 characters at most");
  }

  @Test
  void what_would_be_altered_or_half_lost_is_refused() {
    assertThat(mistake("{\"processed_discounts\":[\"a\\u0000b\"]}"))
        .hasMessageContaining("NUL character");
    assertThat(mistake("{\"processed_discounts\":[1],\n\"processed_discounts\":[2]}"))
        .hasMessageContaining("processed_discounts at line 2, column 1: is given twice");
    assertThat(mistake("{\"failed_discounts\":[],\"model_429_count\":{\"m\":1,\"m\":2}}"))
        .hasMessageContaining("model_429_count.m")
        .hasMessageContaining("is given twice");
    assertThat(mistake("{\"processed_discounts\":[NaN]}"))
        .hasMessageContaining("NaN is no number in JSON");
  }

  @Test
  void counts_of_429s_are_whole_numbers_that_a_database_can_hold() {
    for (String wrong : List.of("-1", "1.5", "\"3\"", "99999999999", "null")) {
      assertThat(
              mistake("{\"failed_discounts\":[],\"model_429_count\":{\"m\":%s}}".formatted(wrong)))
          .hasMessageContaining("model_429_count.m")
          .hasMessageContaining("whole number");
    }
    assertThat(mistake("{\"failed_discounts\":[],\"model_429_count\":[]}").field())
        .isEqualTo("model_429_count");
  }

  /** What a file holds, in its order. */
  record Read(
      List<String> processed, List<String> failed, Map<String, Integer> times429, int passedOver) {

    static Read of(StateFile file) {
      Read read =
          new Read(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), file.passedOver());
      file.read(
          new StateFile.Entries() {
            @Override
            public void key(String key, boolean processed) {
              (processed ? read.processed() : read.failed()).add(key);
            }

            @Override
            public void times429(String model, int times) {
              read.times429().put(model, times);
            }
          });
      return read;
    }
  }

  static JsonText.Source source(byte[] body) {
    return from -> new ByteArrayInputStream(body, (int) from, body.length - (int) from);
  }

  private static JsonText.Source source(String text) {
    return source(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Read read(String text) {
    return Read.of(StateFile.check(source(text)));
  }

  private static StateFileException mistake(String text) {
    StateFileException mistake = catchThrowableOfType(StateFileException.class, () -> read(text));
    assertThat(mistake).as(text).isNotNull();
    return mistake;
  }
}
