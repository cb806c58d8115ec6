package io.burnish.enhancement;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Tokens are counted as by jtokkit, whose tables are larger. */
class TokenCountPropertyTest {

  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  @Property(tries = 3_000)
  void the_library_counts_the_same(@ForAll("texts") String text) {
    assertThat(TokenCount.of(text)).isEqualTo(O200K.countTokensOrdinary(text));
  }

  @Example
  void instructions_and_schemas_have_as_many_tokens_as_the_library_says() {
    for (String name : Profiles.names()) {
      Profile profile = Profiles.named(name).orElseThrow();
      the_library_counts_the_same(profile.systemPrompt());
      the_library_counts_the_same(profile.answerSchema());
    }
  }

  @Example
  void each_character_has_as_many_tokens_as_the_library_says() {
    StringBuilder all = new StringBuilder();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      all.appendCodePoint(character).append(" a").appendCodePoint(character);
    }
    the_library_counts_the_same(all.toString());
  }

  /** Would take minutes if the time grew with the square of the length. */
  @Example
  void one_word_may_be_longer_than_a_record() {
    assertThat(TokenCount.of("קפ".repeat(250_000))).isEqualTo(250_001);
    the_library_counts_the_same("שלוםabc".repeat(2_000));
    the_library_counts_the_same("=".repeat(5_000));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "20% הנחה",
            "מבצע",
            " חינם",
            "ל",
            "₪",
            "1,299.90",
            "1٬٢٩٩",
            " don't",
            "WE'LL",
            "it'S",
            "Straße",
            "ÜBER",
            "скидка",
            "خصم",
            "価格",
            "ราคา",
            "👩‍👩‍👧",
            "a\u0301",
            "\ud83d",
            "\u00A0",
            "\u3000",
            " ",
            "   ",
            "\t",
            "\n",
            "\r\n",
            "//",
            "...",
            "\"",
            "\":{",
            "_",
            "Ab",
            "aB",
            "0123456789");
    Arbitrary<String> mixed = pieces.list().ofMaxSize(30).map(list -> String.join("", list));
    Arbitrary<String> letters =
        Arbitraries.strings().withCharRange('a', 'e').withCharRange('א', 'ה').ofMaxLength(700);
    return Arbitraries.oneOf(Arbitraries.strings(), mixed, letters);
  }
}
