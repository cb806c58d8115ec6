package io.burnish.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.RecordHistory.Refusal;
import io.burnish.queue.ClaimedItem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordHistoryTest {

  private static final List<String> MODELS = List.of("a", "b", "c");
  private static final RecordHistory NEW =
      RecordHistory.of(
          new ClaimedItem(
              1,
              UUID.randomUUID(),
              1,
              1,
              0,
              null,
              null,
              "{}",
              ClaimedItem.UNBOUNDED,
              0,
              List.of(),
              null,
              2));

  @Test
  void a_model_that_gives_the_same_refused_answer_twice_is_exhausted() {
    RecordHistory once = NEW.and(refusal("a", "{\"price\":5}", "price 5 is nowhere"));
    RecordHistory twice = once.and(refusal("a", "{\"price\":5}", "price 5 is nowhere"));

    assertThat(once.exhausted(MODELS, 3)).isEmpty();
    assertThat(twice.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_false_price_that_comes_again_beside_another_category_is_the_same_answer() {
    RecordHistory history =
        NEW.and(refusal("a", "{\"price\":5,\"category\":[\"home\"]}", "price 5 is nowhere"))
            .and(refusal("a", "{\"price\":5,\"category\":[\"books\"]}", "price 5 is nowhere"));

    assertThat(history.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_model_that_gives_the_answer_that_another_was_refused_for_is_exhausted() {
    RecordHistory history =
        NEW.and(refusal("a", "{\"price\":5}", "price 5 is nowhere"))
            .and(refusal("b", "{\"price\":5}", "price 5 is nowhere"));

    assertThat(history.exhausted(MODELS, 3)).containsExactly("b");
  }

  @Test
  void different_false_answers_exhaust_a_model_after_its_tries() {
    RecordHistory history = NEW;
    for (int price = 1; price <= 3; price++) {
      assertThat(history.exhausted(MODELS, 3)).isEmpty();
      history =
          history.and(refusal("a", "{\"price\":%d}".formatted(price), "price " + price + " no"));
    }

    assertThat(history.exhausted(MODELS, 3)).containsExactly("a");
  }

  @Test
  void a_single_model_has_as_many_tries_as_the_record_has_attempts() {
    RecordHistory history = NEW;
    for (int price = 1; price <= 10; price++) {
      history =
          history.and(refusal("a", "{\"price\":%d}".formatted(price), "price " + price + " no"));
    }

    assertThat(history.exhausted(List.of("a"), 3)).isEmpty();
  }

  @Test
  void a_record_that_is_missing_in_the_answer_twice_is_no_repeated_answer() {
    RecordHistory history =
        NEW.and(refusal("a", null, "the answer has no entry with ref 1"))
            .and(refusal("a", null, "the answer has no entry with ref 1"));

    assertThat(history.exhausted(MODELS, 3)).isEmpty();
  }

  @Test
  void after_two_refusals_in_company_that_model_is_asked_about_the_record_alone() {
    RecordHistory history =
        NEW.and(refusal("a", null, "no entry")).and(refusal("a", null, "no entry"));

    assertThat(history.needsOwnCall("a")).isTrue();
    assertThat(history.needsOwnCall("b")).isFalse();
  }

  @Test
  void every_reason_is_told_in_order() {
    RecordHistory history =
        NEW.and(refusal("a", "{}", "first")).and(refusal("b", "{\"x\":1}", "second"));

    assertThat(history.reasons()).containsExactly("attempt 1, a: first", "attempt 2, b: second");
  }

  @Test
  void what_a_model_was_told_before_is_not_told_again() {
    RecordHistory history =
        NEW.and(refusal("a", "{}", "no"))
            .and(refusal("a", "{}", "no"))
            .and(refusal("b", "{}", "no"));

    assertThat(history.reasons()).containsExactly("attempt 1, a: no", "attempt 3, b: no");
    assertThat(history.allReasons()).containsExactly("no", "attempt 1, a: no");
  }

  @Test
  void a_record_fails_for_want_of_a_price_only_when_every_model_gave_none() {
    RecordHistory nobody = NEW.and(none("a")).and(none("a")).and(none("b"));
    RecordHistory notB =
        NEW.and(none("a")).and(refusal("b", "{\"price\":5}", "5 is nowhere")).and(none("c"));
    RecordHistory lately =
        NEW.and(refusal("a", "{\"price\":5}", "5 is nowhere")).and(none("a")).and(none("b"));

    assertThat(nobody.code()).isEqualTo("price_not_answered");
    assertThat(notB.code()).isEqualTo("rule");
    assertThat(notB.allReasons())
        .containsExactly(
            "5 is nowhere", "attempt 1, a: price was null", "attempt 3, c: price was null");
    assertThat(lately.code()).isEqualTo("price_not_answered");
  }

  @Test
  void refusals_of_versions_before_have_no_codes_and_decide_nothing() {
    RecordHistory history =
        NEW.and(new Refusal("a", 1, "{}", List.of("no"), List.of())).and(none("b"));

    assertThat(history.code()).isEqualTo("price_not_answered");
  }

  private static Refusal none(String model) {
    return new Refusal(
        model, 1, "{\"price\":null}", List.of("price was null"), List.of("price_not_answered"));
  }

  private static Refusal refusal(String model, String answer, String error) {
    return new Refusal(model, 2, answer, List.of(error), List.of("rule"));
  }
}
