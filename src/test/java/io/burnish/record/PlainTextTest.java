package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void marks_and_repeated_blanks_are_removed() {
    assertThat(PlainText.of("\u200f  20%\u00a0 \u200bהנחה \r\n\n \n\uFEFF1,109 ₪\t\tבלבד "))
        .isEqualTo("20% הנחה\n1,109 ₪ בלבד");
  }

  @Test
  void vowel_points_and_joined_emoji_stay() {
    assertThat(PlainText.of("שַׁבָּת 👨\u200d👩\u200d👧")).isEqualTo("שַׁבָּת 👨\u200d👩\u200d👧");
  }

  /** The same by patterns: slower, but simpler. */
  private static String byPatterns(String text) {
    String unmarked =
        text.replaceAll(
            "[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\u00AD\\u200B\\u200C\\u200E\\u200F"
                + "\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF]+",
            "");
    String spaced = unmarked.replaceAll("[\\h\\r]{2,}|[\\h\\r&&[^ ]]", " ");
    return spaced.replaceAll(" ?\\n[ \\n]*", "\n").strip();
  }

  @Test
  void a_text_without_marks_is_unchanged() {
    for (String text : List.of("", "20% הנחה\nרק 1,109 ₪", "a")) {
      assertThat(PlainText.of(text)).isSameAs(text);
    }
    assertThat(PlainText.of(" ")).isEmpty();
    assertThat(PlainText.of("a\n")).isEqualTo("a");
  }

  /** Each character alone, because the fast check and the full one could differ. */
  @Test
  void each_character_gives_the_same_as_with_patterns() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String text = "a" + c + "b";
      if (!PlainText.of(text).equals(byPatterns(text))) {
        fail("U+%04X".formatted((int) c));
      }
    }
  }

  @Property
  void one_pass_gives_the_same_as_patterns(
      @ForAll("texts") String text, @ForAll @Chars({'a', ' ', '\n'}) String plain) {
    assertThat(PlainText.of(text)).isEqualTo(byPatterns(text));
    assertThat(PlainText.of(plain)).isEqualTo(byPatterns(plain));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars(
            ' ', ' ', '\n', '\r', '\t', '\u00A0', '\u1680', '\u200B', '\u200F', '\u2003', '\u2069',
            '\u3000', '\u0007', 'a', 'a', 'a', '5', 'ש', '₪')
        .ofMaxLength(30);
  }
}
