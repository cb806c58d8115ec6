package io.burnish.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.RecordHistory.Rejection;
import io.burnish.queue.item.ClaimedItem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordHistoryTest {

  private static final List<String> MODELS = List.of("a", "b", "c");
  private static final RecordHistory NEW =
      RecordHistory.of(ClaimedItem.first(1, UUID.randomUUID(), 1, null, null, "{}"));

  @Test
  void a_model_that_repeats_a_rejected_answer_is_exhausted() {
    RecordHistory once = NEW.and(rejection("a", "{\"price\":5}", "price 5 is nowhere"));
    RecordHistory twice = once.and(rejection("a", "{\"price\":5}", "price 5 is nowhere"));

    assertThat(once.exhausted(MODELS, 3)).isEmpty();
    assertThat(twice.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_false_price_that_comes_again_beside_another_category_is_the_same_answer() {
    RecordHistory history =
        NEW.and(rejection("a", "{\"price\":5,\"category\":[\"home\"]}", "price 5 is nowhere"))
            .and(rejection("a", "{\"price\":5,\"category\":[\"books\"]}", "price 5 is nowhere"));

    assertThat(history.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_model_that_repeats_the_rejected_answer_of_another_is_exhausted() {
    RecordHistory history =
        NEW.and(rejection("a", "{\"price\":5}", "price 5 is nowhere"))
            .and(rejection("b", "{\"price\":5}", "price 5 is nowhere"));

    assertThat(history.exhausted(MODELS, 3)).containsExactly("b");
  }

  @Test
  void different_false_answers_exhaust_a_model_after_its_tries() {
    RecordHistory history = NEW;
    for (int price = 1; price <= 3; price++) {
      assertThat(history.exhausted(MODELS, 3)).isEmpty();
      history =
          history.and(rejection("a", "{\"price\":%d}".formatted(price), "price " + price + " no"));
    }

    assertThat(history.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_single_model_has_as_many_tries_as_the_record_has_attempts() {
    RecordHistory history = NEW;
    for (int price = 1; price <= 10; price++) {
      history =
          history.and(rejection("a", "{\"price\":%d}".formatted(price), "price " + price + " no"));
    }

    assertThat(history.exhausted(List.of("a"), 3)).isEmpty();
  }

  @Test
  void a_record_that_is_missing_in_two_answers_is_no_repeated_answer() {
    RecordHistory history =
        NEW.and(rejection("a", null, "the answer has no entry with ref 1"))
            .and(rejection("a", null, "the answer has no entry with ref 1"));

    assertThat(history.exhausted(MODELS, 3)).isEmpty();
  }

  @Test
  void after_two_rejections_in_shared_calls_a_model_is_asked_about_the_record_alone() {
    RecordHistory history =
        NEW.and(rejection("a", null, "no entry")).and(rejection("a", null, "no entry"));

    assertThat(history.needsOwnCall("a")).isTrue();
    assertThat(history.needsOwnCall("b")).isFalse();
  }

  @Test
  void every_reason_is_listed_in_order() {
    RecordHistory history =
        NEW.and(rejection("a", "{}", "first")).and(rejection("b", "{\"x\":1}", "second"));

    assertThat(history.reasons()).containsExactly("attempt 1, a: first", "attempt 2, b: second");
  }

  @Test
  void a_repeated_error_of_a_model_is_listed_once() {
    RecordHistory history =
        NEW.and(rejection("a", "{}", "no"))
            .and(rejection("a", "{}", "no"))
            .and(rejection("b", "{}", "no"));

    assertThat(history.reasons()).containsExactly("attempt 1, a: no", "attempt 3, b: no");
    assertThat(history.allReasons()).containsExactly("no", "attempt 1, a: no");
  }

  @Test
  void a_record_fails_as_price_not_answered_only_when_each_model_gave_no_price() {
    RecordHistory noModel = NEW.and(none("a")).and(none("a")).and(none("b"));
    RecordHistory allButB =
        NEW.and(none("a")).and(rejection("b", "{\"price\":5}", "5 is nowhere")).and(none("c"));
    RecordHistory inTheEnd =
        NEW.and(rejection("a", "{\"price\":5}", "5 is nowhere")).and(none("a")).and(none("b"));

    assertThat(noModel.code()).isEqualTo("price_not_answered");
    assertThat(allButB.code()).isEqualTo("rule");
    assertThat(allButB.allReasons())
        .containsExactly(
            "5 is nowhere", "attempt 1, a: price was null", "attempt 3, c: price was null");
    assertThat(inTheEnd.code()).isEqualTo("price_not_answered");
  }

  @Test
  void rejections_of_earlier_versions_have_no_codes_and_do_not_decide() {
    RecordHistory history =
        NEW.and(new Rejection("a", 1, "{}", List.of("no"), List.of())).and(none("b"));

    assertThat(history.code()).isEqualTo("price_not_answered");
  }

  private static Rejection none(String model) {
    return new Rejection(
        model, 1, "{\"price\":null}", List.of("price was null"), List.of("price_not_answered"));
  }

  private static Rejection rejection(String model, String answer, String error) {
    return new Rejection(model, 2, answer, List.of(error), List.of("rule"));
  }
}
