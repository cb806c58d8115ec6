package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DiscountMergePropertyTest {

  private static final List<String> COPIED =
      List.of(
          "discount_id",
          "title",
          "description",
          "image_link",
          "discount_link",
          "terms_and_conditions",
          "valid_until",
          "coupon_code",
          "provider_link");

  @Property(tries = 300)
  void no_copied_field_is_ever_altered(@ForAll String text, @ForAll String forged) {
    ObjectNode source = RecordJson.object();
    ObjectNode answer = RecordJson.object();
    COPIED.forEach(field -> source.put(field, text));
    COPIED.forEach(field -> answer.put(field, forged));

    ObjectNode enhanced = DiscountMerge.merge(source, answer);

    if (!text.strip().equalsIgnoreCase("N/A")) {
      assertThat(COPIED)
          .allSatisfy(field -> assertThat(enhanced.get(field)).isEqualTo(source.get(field)));
    }
  }
}
