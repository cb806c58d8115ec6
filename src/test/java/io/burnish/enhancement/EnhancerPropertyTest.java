package io.burnish.enhancement;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnhancerPropertyTest {

  private final Profile profile = Profiles.named("discount").orElseThrow();
  private final List<Question> questions =
      List.of(new Question(1, SourceRecord.of("{\"title\":\"20% off\"}"), List.of(), Set.of()));

  @Property(tries = 500)
  void whatever_a_model_writes_there_is_a_verdict(@ForAll("answers") String rawAnswer) {
    assertThat(new Enhancer().judge(profile, questions, rawAnswer)).hasSize(1);
  }

  @Provide
  Arbitrary<String> answers() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "\"records\":",
            "\"ref\":",
            "1",
            "-1e9",
            "null",
            "\"price\":",
            "20",
            "\"discount_type\":",
            "\"percentage\"",
            "```json",
            "\uFEFF",
            "\ud83d");
    return Arbitraries.oneOf(
        Arbitraries.strings(), pieces.list().ofMaxSize(40).map(list -> String.join("", list)));
  }
}
