package io.burnish.simulator.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhrasesTest {

  private static final List<String> ALTERNATIVES =
      List.of(
          "\\bcar\\b|tyre|fuel", "ספר(?:ים)?\\b|book", "show|tickets?|theatre", "app\\b|בית\\b");

  @Property
  void they_find_what_the_pattern_of_all_of_them_finds(@ForAll("texts") String text) {
    for (String alternatives : ALTERNATIVES) {
      boolean byPattern =
          Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(text)
              .find();

      assertThat(Phrases.of(alternatives).in(Phrases.readable(text))).isEqualTo(byPattern);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "car", "Car", "scar", "TYRE", "fuels", "ספר", "ספרים", "ספרייה", "Book", "ticket",
            "Tickets", "tick", "app", "apple", "בית", "ביתי", " ", "-", "20%")
        .list()
        .ofMaxSize(6)
        .map(words -> words.stream().collect(Collectors.joining()));
  }

  @Test
  void an_alternative_must_begin_with_a_letter() {
    assertThatThrownBy(() -> Phrases.of("good|.bad")).hasMessageContaining(".bad");
  }
}
