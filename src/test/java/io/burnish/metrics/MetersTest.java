package io.burnish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.prices.Prices;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallMeters calls = new CallMeters(registry, new Prices("priced=1/0.5/4"));
  private final ItemMeters items = new ItemMeters(registry);

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void directions_of_tokens_do_not_overlap_and_cost_what_the_price_says() {
    calls.billed("priced", 1_000, 400, 100);

    assertThat(count("burnish.tokens", "direction", "input")).isEqualTo(600);
    assertThat(count("burnish.tokens", "direction", "cached")).isEqualTo(400);
    assertThat(count("burnish.tokens", "direction", "output")).isEqualTo(100);
    assertThat(count("burnish.cost")).isCloseTo(0.0006 + 0.0002 + 0.0004, within(1e-9));
  }

  @Test
  void more_cached_tokens_than_there_are_count_as_all() {
    calls.billed("priced", 10, 400, 0);

    assertThat(count("burnish.tokens", "direction", "input")).isZero();
    assertThat(count("burnish.tokens", "direction", "cached")).isEqualTo(10);
  }

  @Test
  void a_model_without_a_price_has_tokens_and_no_cost() {
    calls.billed("unpriced", 10, 0, 5);

    assertThat(count("burnish.tokens", "model", "unpriced")).isEqualTo(15);
    assertThat(registry.find("burnish.cost").counter()).isNull();
  }

  @Test
  void a_rejected_answer_counts_each_rule_and_the_question_that_follows() {
    items.rejected("m", List.of("category_invalid", "price_missing"), true);
    items.rejected("m", List.of("category_invalid"), false);
    items.accepted("m");

    assertThat(count("burnish.attempts", "outcome", "rejected")).isEqualTo(2);
    assertThat(count("burnish.attempts", "outcome", "accepted")).isEqualTo(1);
    assertThat(count("burnish.violations", "code", "category_invalid")).isEqualTo(2);
    assertThat(count("burnish.reasks", "model", "m")).isEqualTo(1);
  }

  @Test
  void an_item_counts_once_as_what_it_became() {
    items.succeeded(false);
    items.succeeded(true);
    items.failed("too_large");
    items.decidedAtIntake(3, 2);
    items.cancelled(7);

    assertThat(count("burnish.items", "state", "succeeded")).isEqualTo(5);
    assertThat(count("burnish.items", "state", "failed")).isEqualTo(3);
    assertThat(count("burnish.items", "state", "cancelled")).isEqualTo(7);
    assertThat(count("burnish.reused.items")).isEqualTo(1);
    assertThat(count("burnish.failed.items", "code", "too_large")).isEqualTo(1);
  }

  @Test
  void the_meters_of_equal_labels_are_one() {
    for (int i = 0; i < 100; i++) {
      calls.called("m", "answered", Duration.ofMillis(i));
    }

    assertThat(registry.get("burnish.call.duration").timers())
        .singleElement()
        .satisfies(timer -> assertThat(timer.count()).isEqualTo(100));
  }
}
