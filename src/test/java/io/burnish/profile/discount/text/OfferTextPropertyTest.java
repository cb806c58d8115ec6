package io.burnish.profile.discount.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.profile.discount.text.TextSection.Kind;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class OfferTextPropertyTest {

  @Property(tries = 300)
  void a_number_is_found_however_its_thousands_are_written(
      @ForAll @IntRange(min = 1, max = 99_999_999) int number) {
    BigDecimal value = BigDecimal.valueOf(number);

    assertThat(
            OfferText.of(List.of(new TextSection("price", Kind.PROSE, "₪" + number)))
                .proves(DiscountType.FIXED_AMOUNT, value))
        .isTrue();
    String grouped = "%,d ₪".formatted(number);
    assertThat(
            OfferText.of(List.of(new TextSection("price", Kind.PROSE, grouped)))
                .proves(DiscountType.FIXED_AMOUNT, value))
        .isTrue();
  }

  @Property(tries = 500)
  void no_text_is_too_odd_to_read(@ForAll @StringLength(max = 300) String text) {
    for (Kind kind : Kind.values()) {
      OfferText source = OfferText.of(List.of(new TextSection("price", kind, text)));
      assertThat(source.numbersFound()).isNotEmpty();
    }
  }
}
