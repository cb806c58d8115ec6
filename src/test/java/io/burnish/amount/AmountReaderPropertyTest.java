package io.burnish.amount;

import static org.assertj.core.api.Assertions.fail;

import io.burnish.amount.phrase.Lexicon;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountReaderPropertyTest {

  private static final int MEGABYTE = 1_000_000;

  /** A guard against a cost that grows faster than the text; bench/amounts says how fast it is. */
  private static final Duration NEVER_SO_LONG = Duration.ofSeconds(60);

  private static final List<String> PIECES =
      List.of(
          "1",
          "20",
          "1,234.50",
          "½",
          "²",
          "%",
          "₪",
          "$",
          " ",
          "\u00A0",
          "\n",
          "-",
          "+",
          "/",
          ":",
          ".",
          ",",
          "'",
          "\"",
          "*",
          "~~",
          "<s>",
          "</s>",
          "<",
          "&",
          "&amp;",
          "&frac12;",
          "הנחה",
          "במקום",
          "ב",
          "free",
          "buy one",
          "get one",
          "off",
          "https://",
          "a.b/",
          "\uD83C",
          "\u0336",
          "ש\"ח");

  private final AmountReader reader = new AmountReader(Lexicon.builtIn());

  @Property(tries = 1000)
  void any_text_is_read_and_each_amount_is_a_part_of_it(
      @ForAll @StringLength(max = 200) String text) {
    assertPartsOf(text, reader.read(text));
  }

  @Property(tries = 2000)
  void any_text_of_signs_and_words_is_read(@ForAll("composed") String text) {
    assertPartsOf(text, reader.read(text));
  }

  @Provide
  Arbitrary<String> composed() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "א", "a", "🎉", "111 ", "2025 "})
  void a_megabyte_of_one_piece_is_read(String piece) {
    assertRead(piece.repeat(MEGABYTE / piece.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,",
        "1 ",
        "9-",
        "\n \n",
        "<a ",
        "<",
        "buy one ",
        "%",
        "\"",
        "&",
        "&amp;",
        "~~",
        "1+1 ",
        "free ",
        "חינם ",
        "1/",
        "1:",
        "a.",
        "a@",
        "1 000 ",
        "111 ",
        "2025 ",
        "5 ₪ 90 אג' ",
        "₪1 ",
        "+1 ",
        "yogurt ",
        "instead of the ",
        "<!--",
        "<script>",
        "ב-",
        "1\u00a0000"
      })
  void a_long_text_of_anything_is_read(String piece) {
    assertRead(piece.repeat(MEGABYTE / 5 / piece.length()));
  }

  private void assertRead(String text) {
    List<Amount> amounts =
        Assertions.assertTimeoutPreemptively(NEVER_SO_LONG, () -> reader.read(text));

    assertPartsOf(text, amounts);
  }

  /** Plain comparisons: a megabyte has hundreds of thousands of amounts. */
  private static void assertPartsOf(String text, List<Amount> amounts) {
    int last = 0;
    for (Amount amount : amounts) {
      boolean part =
          last <= amount.start()
              && amount.start() < amount.end()
              && amount.end() <= text.length()
              && !amount.readings().isEmpty();
      if (!part) {
        fail("%s is no part of: %s".formatted(amount, text));
      }
      last = amount.start();
    }
  }
}
