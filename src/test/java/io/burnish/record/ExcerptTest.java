package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void line_ends_and_terminal_controls_are_escaped() {
    assertThat(Excerpt.of("a\nb\u001b[2J\u0000\u202e\u2028"))
        .isEqualTo("a\\nb\\u001b[2J\\u0000\\u202e\\u2028");
  }

  @Test
  void a_long_text_is_cut_and_its_length_added() {
    assertThat(Excerpt.of("x".repeat(1_000))).isEqualTo("x".repeat(200) + "… (1000 characters)");
  }

  @Test
  void text_of_any_language_stays_as_it_is() {
    assertThat(Excerpt.of("מבצע 🎁")).isEqualTo("מבצע 🎁");
  }
}
