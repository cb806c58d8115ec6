package io.burnish.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers, times and texts as the page shows them. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class FormatPageTest extends BrowserTest {

  @BeforeEach
  void open_a_page() {
    page.navigate("page/sign-in");
  }

  /** What a function of the page makes of values, one by one. */
  private Object shown(String function, Object... values) {
    return page.evaluate(
        """
        async ([name, values]) => {
          const format = await import(new URL('page/assets/format.js', document.baseURI).href);
          return values.map((value) => format[name](value));
        }
        """,
        List.of(function, List.of(values)));
  }

  @Test
  void a_duration_has_two_units_at_most_and_no_seconds_where_it_is_long() {
    assertThat(shown("duration", 0, 59, 102, 599, 600, 2_658, 3_599, 5_400, 90_000))
        .isEqualTo(
            List.of(
                "0 s",
                "59 s",
                "1 min 42 s",
                "9 min 59 s",
                "10 min",
                "44 min",
                "1 h",
                "1 h 30 min",
                "1 d 1 h"));
  }

  @Test
  void the_direction_is_that_of_the_first_letter() {
    assertThat(
            shown("direction", "", "12 ₪", "20% off חינם", "₪ 12 חינם, free", "[\"מלון\"]", "عرض"))
        .isEqualTo(List.of("ltr", "ltr", "ltr", "rtl", "rtl", "rtl"));
  }

  @Test
  void what_the_service_says_becomes_a_sentence() {
    assertThat(shown("sentence", "", "there is no job 1", "Is it?", "Wait a minute."))
        .isEqualTo(List.of("", "There is no job 1.", "Is it?", "Wait a minute."));
  }

  @Test
  void a_rate_has_no_decimals_where_they_do_not_matter() {
    assertThat(shown("rate", 0, 4.76, 44.8, 1_234.5)).isEqualTo(List.of("0", "4.8", "45", "1,235"));
  }
}
