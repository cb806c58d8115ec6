package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextArrayTest {

  @Test
  void characters_that_postgresql_cannot_store_are_replaced() {
    assertThat(TextArray.storable("a\u0000b\uD83Dc\uDE00")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
  }

  @Test
  void pairs_of_surrogates_stay() {
    assertThat(TextArray.storable("20% 😀 \uD83D")).isEqualTo("20% 😀 \uFFFD");
  }

  @Test
  void a_storable_text_is_not_copied() {
    String text = "הנחה של 20% €";
    assertThat(TextArray.storable(text)).isSameAs(text);
  }

  @Test
  void a_literal_escapes_quotes_and_backslashes() {
    assertThat(TextArray.of(List.of("a\"b", "c\\d"))).isEqualTo("{\"a\\\"b\",\"c\\\\d\"}");
  }
}
