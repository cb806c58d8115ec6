package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Evidence names characters of the field as its owner wrote it, whatever stands around them. */
class EvidencePropertyTest {

  private final Profile profile = Profiles.named("discount").orElseThrow();

  @Property(tries = 500)
  void evidence_is_the_slice_of_the_field_that_it_names(
      @ForAll("fields") String field,
      @ForAll("around") String before,
      @ForAll("around") String after,
      @ForAll @IntRange(min = 1, max = 99) int price) {
    ObjectNode record = RecordJson.object().put(field, before + price + "% off " + after);
    SourceRecord source = SourceRecord.of(RecordJson.write(record));
    ObjectNode answer = RecordJson.object().put("price", price).put("discount_type", "percentage");
    answer.putArray("category").add("home");
    answer.putArray("consumer_statuses").add("Family");

    Judgement judgement = profile.judge(answer, source, Set.of());

    assertThat(judgement).isInstanceOf(Judgement.Accepted.class);
    Evidence evidence = ((Judgement.Accepted) judgement).evidence().get("price");
    assertThat(evidence.field()).isEqualTo(field);
    assertThat(record.path(field).textValue().substring(evidence.start(), evidence.end()))
        .isEqualTo(evidence.text())
        .contains(String.valueOf(price));
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of("title", "price", "description", "terms_and_conditions");
  }

  /** With what is removed, decoded or respelled before a text is read. */
  @Provide
  Arbitrary<String> around() {
    return Arbitraries.of(
            "",
            "Hats. ",
            "כובעים. ",
            "&nbsp;",
            "<b>Sale</b> ",
            "\u200F",
            "  \n",
            "😀 ",
            "״גדול״ ",
            "**")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }
}
