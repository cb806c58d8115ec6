package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void what_ends_a_line_or_steers_a_terminal_is_escaped() {
    assertThat(Excerpt.of("a\nb\u001b[2J\u0000\u202e\u2028"))
        .isEqualTo("a\\nb\\u001b[2J\\u0000\\u202e\\u2028");
  }

  @Test
  void what_is_too_long_is_cut_and_says_how_long_it_was() {
    assertThat(Excerpt.of("x".repeat(1_000))).isEqualTo("x".repeat(200) + "… (1000 characters)");
  }

  @Test
  void text_of_any_language_stays_as_it_is() {
    assertThat(Excerpt.of("מבצע 🎁")).isEqualTo("מבצע 🎁");
  }
}
