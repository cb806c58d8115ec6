package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void marks_and_repeated_blanks_go_and_facts_stay() {
    assertThat(PlainText.of("\u200f  20%\u00a0 \u200bהנחה \r\n\n \n\uFEFF1,109 ₪\t\tבלבד "))
        .isEqualTo("20% הנחה\n1,109 ₪ בלבד");
  }

  @Test
  void vowel_points_and_joined_emoji_stay() {
    assertThat(PlainText.of("שַׁבָּת 👨\u200d👩\u200d👧")).isEqualTo("שַׁבָּת 👨\u200d👩\u200d👧");
  }
}
