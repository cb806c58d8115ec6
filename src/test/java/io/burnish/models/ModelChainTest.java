package io.burnish.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.models.health.Cooldown;
import io.burnish.models.health.HealthTracker.EndedCall;
import io.burnish.models.health.ModelEvents;
import io.burnish.models.health.ModelsConfig;
import io.burnish.provider.fault.ModelUnavailable;
import io.burnish.provider.fault.Overloaded;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Dimension;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.provider.fault.Refused;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.TimedOut;
import io.burnish.provider.fault.TooLarge;
import io.burnish.provider.fault.Unusable;
import io.burnish.provider.wire.TimeLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelChainTest {

  private final List<String> told = new ArrayList<>();
  private final List<String> counted = new ArrayList<>();
  private final SettableClock clock = new SettableClock();
  private final ModelChain chain =
      new ModelChain(
          List.of("a", "b", "c"),
          new Settings(),
          clock,
          new ModelEvents() {
            @Override
            public void decommissioned(String model, String reason) {
              told.add(model + ": " + reason);
            }

            @Override
            public void coolingDown(String model, Duration rest, String reason) {
              told.add(model + " rests " + rest);
            }

            @Override
            public void cooldownBegan(String model, Cooldown.Cause cause) {
              counted.add(model + " cooldown " + cause);
            }

            @Override
            public void fellBack(String model, ProviderFault fault) {
              counted.add(model + " fallback " + fault.kind());
            }
          });

  /** A call about one record, that began just now. */
  private boolean faulted(String model, ProviderFault fault) {
    return chain.faulted(model, fault, new EndedCall(clock.instant(), false));
  }

  @Test
  void the_first_in_order_of_preference_is_asked() {
    assertThat(chain.first()).contains("a");
    assertThat(chain.usable()).containsExactly("a", "b", "c");
  }

  @Test
  void a_throttled_model_rests_as_long_as_the_provider_says() {
    faulted("a", throttled("a", Duration.ofMinutes(5)));

    assertThat(chain.first()).contains("b");
    clock.pass(Duration.ofMinutes(5));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void three_throttled_answers_in_a_row_mean_a_rest_however_short_the_wait() {
    faulted("a", throttled("a", Duration.ofMillis(10)));
    faulted("a", throttled("a", Duration.ofMillis(10)));
    faulted("a", throttled("a", Duration.ofMillis(10)));

    clock.pass(Duration.ofSeconds(10));
    assertThat(chain.first()).contains("b");
    clock.pass(Duration.ofSeconds(5));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void an_answer_forgives_what_was_before() {
    faulted("a", throttled("a", Duration.ofMillis(10)));
    faulted("a", throttled("a", Duration.ofMillis(10)));
    chain.answered("a");
    faulted("a", throttled("a", Duration.ofMillis(10)));

    clock.pass(Duration.ofMillis(10));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_model_that_is_gone_is_never_asked_again() {
    faulted("a", new ModelUnavailable("a", 404, "no such model", true));
    chain.answered("a");

    clock.pass(Duration.ofDays(365));
    assertThat(chain.first()).contains("b");
    assertThat(chain.models()).containsExactly("b", "c");
    assertThat(chain.statuses().decommissioned()).containsExactly("a");
    assertThat(told).containsExactly("a: no such model");
  }

  @Test
  void when_all_rest_the_soonest_is_waited_for() {
    faulted("a", throttled("a", Duration.ofMinutes(9)));
    faulted("b", throttled("b", Duration.ofMinutes(2)));
    faulted("c", throttled("c", Duration.ofMinutes(5)));

    assertThat(chain.first()).isEmpty();
    assertThat(chain.waits().availability().isAvailable()).isFalse();
    assertThat(chain.waits().availability().until())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
    assertThat(chain.waits().availability().noModelLeft()).isFalse();
  }

  @Test
  void when_all_are_gone_time_does_not_help() {
    List.of("a", "b", "c").forEach(model -> chain.decommission(model, "shut down"));

    assertThat(chain.waits().availability().noModelLeft()).isTrue();
    assertThat(chain.waits().availability().reason()).contains("BURNISH_MODELS");
  }

  @Test
  void failures_make_a_model_rest_longer_and_longer_up_to_a_bound() {
    for (int i = 0; i < 30; i++) {
      faulted("a", new Overloaded("a", 503, "over capacity", null));
      clock.pass(Duration.ofSeconds(5));
    }
    faulted("a", new Overloaded("a", 503, "over capacity", null));

    clock.pass(Duration.ofMillis(4_900));
    assertThat(chain.first()).contains("b");
    clock.pass(Duration.ofMillis(200));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_failing_model_rests_as_long_as_the_provider_asks_and_other_replicas_are_told_once() {
    faulted("a", overloaded("a", Duration.ofMinutes(2)));
    faulted("a", overloaded("a", Duration.ofMinutes(2)));

    clock.pass(Duration.ofSeconds(119));
    assertThat(chain.first()).contains("b");
    clock.pass(Duration.ofSeconds(1));
    assertThat(chain.first()).contains("a");
    assertThat(told).containsExactly("a rests PT2M");
  }

  @Test
  void a_failing_model_rests_at_least_as_long_as_it_would_without_being_asked_to() {
    faulted("a", overloaded("a", Duration.ZERO));

    clock.pass(Duration.ofMillis(499));
    assertThat(chain.first()).contains("b");
    clock.pass(Duration.ofMillis(1));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_wait_that_can_only_be_wrong_does_not_stop_a_model_for_hours() {
    faulted("a", overloaded("a", Duration.ofDays(1)));

    clock.pass(Duration.ofMinutes(10));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_record_waits_as_long_as_an_overloaded_provider_asks_unless_another_model_can_be_asked() {
    Overloaded fault = overloaded("c", Duration.ofMinutes(2));
    faulted("a", overloaded("a", Duration.ofMinutes(5)));
    faulted("b", overloaded("b", Duration.ofMinutes(4)));
    assertThat(chain.waitAfter(fault)).isZero();

    faulted("c", fault);

    assertThat(chain.waitAfter(fault)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a_wait_that_is_not_named_is_no_news_for_other_replicas() {
    faulted("a", overloaded("a", null));

    assertThat(told).isEmpty();
  }

  @Test
  void a_model_that_waits_for_a_person_is_out_and_comes_back_by_itself() {
    faulted("a", new ModelUnavailable("a", 400, "accept the terms", false));

    assertThat(chain.first()).contains("b");
    assertThat(chain.statuses().blocked()).containsExactly("a");
    assertThat(chain.statuses().decommissioned()).isEmpty();
    assertThat(told).as("what is remembered over a restart").isEmpty();
    assertThat(chain.statuses().all().get(0).reason()).contains("accept the terms");
    clock.pass(Duration.ofMinutes(1));
    assertThat(chain.first()).contains("a");
    assertThat(chain.slowStartLimit("a")).isEqualTo(1);
  }

  @Test
  void
      a_model_that_waits_for_a_person_is_tried_less_and_less_often_and_at_last_every_ten_minutes() {
    for (int minutes : new int[] {1, 2, 4, 8, 10, 10}) {
      faulted("a", new ModelUnavailable("a", 400, "accept the terms", false));

      clock.pass(Duration.ofMinutes(minutes).minusSeconds(1));
      assertThat(chain.first()).contains("b");
      clock.pass(Duration.ofSeconds(1));
      assertThat(chain.first()).contains("a");
    }
    assertThat(chain.statuses().blocked()).as("until it answers").containsExactly("a");
  }

  @Test
  void a_model_that_was_opened_is_as_good_as_any() {
    faulted("a", new ModelUnavailable("a", 403, "enable this model", false));
    clock.pass(Duration.ofMinutes(1));

    chain.answered("a");

    assertThat(chain.statuses().blocked()).isEmpty();
    assertThat(chain.statuses().all().get(0).cooldownUntil()).isEmpty();
    assertThat(chain.statuses().all().get(0).lastFailover()).isPresent();
  }

  @Test
  void when_every_model_waits_for_a_person_it_is_an_outage_that_time_may_end() {
    for (String model : List.of("a", "b", "c")) {
      faulted(model, new ModelUnavailable(model, 400, "accept the terms", false));
    }

    assertThat(chain.waits().availability().noModelLeft()).isFalse();
    assertThat(chain.waits().availability().reason()).contains("not open to this account");
    assertThat(chain.waits().soonestCooldown(model -> true))
        .hasValueSatisfying(model -> assertThat(model.cooldown().cause().isOutage()).isTrue());
    assertThat(chain.waitAfter(new ModelUnavailable("c", 400, "accept the terms", false)))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void calls_that_fail_together_count_once() {
    for (int i = 0; i < 30; i++) {
      faulted("a", new Overloaded("a", 503, "over capacity", null));
    }

    clock.pass(Duration.ofMillis(600));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_model_that_was_never_heard_from_may_have_four_calls_and_twice_as_many_with_each_answer() {
    assertThat(chain.slowStartLimit("a")).isEqualTo(4);

    chain.began("a", 4);
    assertThat(chain.slowStartLimit("a")).isZero();
    assertThat(chain.tryBegin("a")).isFalse();

    chain.answered("a");
    assertThat(chain.slowStartLimit("a")).as("8, of which 3 are out").isEqualTo(5);
    for (int i = 0; i < 4; i++) {
      chain.answered("a");
    }
    assertThat(chain.slowStartLimit("a")).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void a_model_that_comes_back_is_given_one_call_then_twice_as_many_with_each_answer() {
    trusted("a");

    faulted("a", new Overloaded("a", 503, "over capacity", null));
    assertThat(chain.tryBegin("a")).as("in the cooldown").isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(chain.tryBegin("a")).isTrue();
    assertThat(chain.tryBegin("a")).as("one is out").isFalse();
    assertThat(chain.next(Set.of("b", "c"))).as("no fallback to it").isEmpty();
    chain.answered("a");
    assertThat(chain.slowStartLimit("a")).isEqualTo(2);
    trusted("a");
  }

  private void trusted(String model) {
    for (int i = 0; i < 5; i++) {
      chain.answered(model);
    }
    assertThat(chain.slowStartLimit(model)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void calls_that_were_not_sent_or_never_end_are_not_counted() {
    chain.began("a", 3);
    chain.notSent("a", 2);
    assertThat(chain.slowStartLimit("a")).isEqualTo(3);

    clock.pass(Duration.ofMinutes(3).plusSeconds(1));

    assertThat(chain.slowStartLimit("a")).isEqualTo(4);
  }

  @Test
  void each_end_of_a_call_makes_room_for_another_one() {
    chain.began("a", 4);

    faulted("a", new TooLarge("a", 413, "too large", null));
    faulted("a", new TooLarge("a", 413, "too large", null));

    assertThat(chain.slowStartLimit("a")).isEqualTo(2);
  }

  @Test
  void only_the_call_that_began_the_cooldown_may_be_sent_again() {
    assertThat(faulted("a", overloaded("a", null))).isTrue();
    assertThat(faulted("a", overloaded("a", null))).isFalse();
    assertThat(faulted("b", throttled("b", Duration.ofSeconds(2)))).isTrue();
    assertThat(faulted("b", throttled("b", Duration.ofSeconds(2)))).isFalse();
  }

  @Test
  void three_refused_calls_without_an_answer_between_are_the_models_and_not_their_records() {
    faulted("a", refused("a"));
    faulted("a", refused("a"));
    assertThat(chain.first()).contains("a");
    faulted("a", refused("a"));
    assertThat(chain.first()).contains("b");

    clock.pass(Duration.ofSeconds(1));
    assertThat(chain.slowStartLimit("a")).isEqualTo(1);
    for (int seconds : new int[] {2, 4, 8, 15, 15}) {
      faulted("a", refused("a"));
      clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(chain.first()).contains("b");
      clock.pass(Duration.ofMillis(1));
      assertThat(chain.first()).contains("a");
    }
  }

  @Test
  void a_refused_call_makes_no_room_for_another_one_while_nothing_was_answered() {
    chain.began("a", 4);

    faulted("a", refused("a"));
    faulted("a", refused("a"));

    assertThat(chain.slowStartLimit("a")).isZero();
  }

  @Test
  void refused_calls_among_answers_say_nothing_of_the_model() {
    for (int i = 0; i < 20; i++) {
      faulted("a", refused("a"));
      faulted("a", refused("a"));
      chain.answered("a");
    }

    assertThat(chain.first()).contains("a");
    assertThat(chain.slowStartLimit("a")).isEqualTo(Integer.MAX_VALUE);
    assertThat(chain.answeredRecently("a")).isTrue();
  }

  @Test
  void a_model_that_refuses_everything_did_not_answer_lately() {
    assertThat(chain.answeredRecently("a")).as("never").isFalse();
    chain.answered("a");
    assertThat(chain.answeredRecently("a")).isTrue();

    for (int i = 0; i < 3; i++) {
      faulted("a", refused("a"));
    }
    assertThat(chain.answeredRecently("a")).as("in a cooldown").isFalse();

    clock.pass(Duration.ofMinutes(11));
    assertThat(chain.answeredRecently("a")).as("long ago").isFalse();
  }

  @Test
  void a_timeout_of_a_call_about_several_records_is_no_fault_of_the_model() {
    chain.faulted("a", timedOut("a"), new EndedCall(clock.instant(), true));

    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_timeout_of_one_record_counts_only_when_nothing_was_answered_meanwhile() {
    Instant began = clock.instant();
    clock.pass(Duration.ofSeconds(30));
    chain.answered("a");
    clock.pass(Duration.ofSeconds(30));

    chain.faulted("a", timedOut("a"), new EndedCall(began, false));
    assertThat(chain.first()).contains("a");

    chain.faulted("b", timedOut("b"), new EndedCall(began, false));
    assertThat(chain.usable()).containsExactly("a", "c");
    assertThat(chain.waits().soonestCooldown(model -> true))
        .hasValueSatisfying(resting -> assertThat(resting.cooldown().reason()).contains("timeout"));
  }

  @Test
  void a_refused_account_is_one_cooldown_however_many_calls_meet_it() {
    faulted("a", new Refused("a", 401, "Invalid API Key", true));
    clock.pass(Duration.ofSeconds(30));
    faulted("b", new Refused("b", 401, "Invalid API Key", true));

    clock.pass(Duration.ofSeconds(30));
    assertThat(chain.first()).contains("a");
    assertThat(chain.slowStartLimit("a")).isEqualTo(1);
  }

  @Test
  void a_cooldown_is_counted_when_it_begins_for_each_model_that_it_concerns() {
    faulted("a", overloaded("a", null));
    faulted("a", overloaded("a", null));
    faulted("b", throttled("b", Duration.ofSeconds(2)));
    assertThat(counted).containsExactly("a cooldown FAILURE", "b cooldown LIMIT");

    counted.clear();
    clock.pass(Duration.ofMinutes(1));
    faulted("a", new Refused("a", 401, "Invalid API Key", true));
    assertThat(counted)
        .containsExactly("a cooldown ACCOUNT", "b cooldown ACCOUNT", "c cooldown ACCOUNT");
  }

  @Test
  void what_is_forgotten_is_as_at_the_start() {
    chain.decommission("a", "decommissioned");
    faulted("b", new ModelUnavailable("b", 404, "unknown", false));

    chain.reset("a");
    chain.reset("b");

    assertThat(chain.usable()).containsExactly("a", "b", "c");
    assertThat(chain.statuses().decommissioned()).isEmpty();
    assertThat(chain.statuses().blocked()).isEmpty();
    assertThat(chain.slowStartLimit("b")).isEqualTo(4);
  }

  @Test
  void why_no_call_is_sent_is_told_by_the_kind_of_the_cooldown() {
    faulted("a", throttled("a", Duration.ofMinutes(5)));
    faulted("b", new ModelUnavailable("b", 404, "unknown", false));
    faulted("c", overloaded("c", null));

    assertThat(chain.unavailable("a").waitTime()).contains(Duration.ofMinutes(5));
    assertThat(chain.unavailable("a").kind()).isEqualTo(Kind.THROTTLED);
    assertThat(chain.unavailable("b").kind()).isEqualTo(Kind.GONE);
    assertThat(chain.unavailable("c").kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(chain.unavailable("c").isRetryAllowed()).isFalse();
    assertThat(chain.unavailable("c")).hasMessageContaining("cooldown");
  }

  private static Refused refused(String model) {
    return new Refused(model, 400, "a field is not known", false);
  }

  private static TimedOut timedOut(String model) {
    return new TimedOut(
        model, TimeLimit.begin(Duration.ofSeconds(60), "a.setting"), new Exception("time"));
  }

  @Test
  void a_refused_account_concerns_every_model() {
    faulted("a", new Refused("a", 401, "Invalid API Key", true));

    assertThat(chain.first()).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    assertThat(chain.first()).contains("a");
  }

  @Test
  void a_bad_answer_says_nothing_of_a_models_health() {
    faulted("a", new Unusable("a", 200, "no text", null));

    assertThat(chain.first()).contains("a");
  }

  @Test
  void the_call_that_begins_a_cooldown_may_be_retried_however_short_the_cooldown_is() {
    EndedCall call = new EndedCall(clock.instant(), false);
    clock.passesAtEachLook = Duration.ofSeconds(20);

    assertThat(chain.faulted("a", overloaded("a", null), call)).isTrue();
  }

  @Test
  void the_next_model_is_none_that_was_tried() {
    assertThat(chain.next(Set.of("a"))).contains("b");
    assertThat(chain.next(Set.of("a", "b", "c"))).isEmpty();
  }

  private static Throttled throttled(String model, Duration wait) {
    return new Throttled(model, 429, "Rate limit reached", Dimension.TPM, wait);
  }

  private static Overloaded overloaded(String model, @Nullable Duration wait) {
    return new Overloaded(model, 503, "over capacity", wait);
  }

  private static final class Settings implements ModelsConfig {
    @Override
    public List<String> preference() {
      return List.of();
    }

    @Override
    public Duration longestWait() {
      return Duration.ofSeconds(15);
    }

    @Override
    public int throttledInARow() {
      return 3;
    }

    @Override
    public Duration rest() {
      return Duration.ofSeconds(15);
    }

    @Override
    public Duration longestRest() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Duration longestRestAfterRefusals() {
      return Duration.ofSeconds(15);
    }

    @Override
    public Duration refresh() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Duration outageRest() {
      return Duration.ofMinutes(1);
    }

    @Override
    public Duration longestAbsence() {
      return Duration.ofMinutes(10);
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Duration passesAtEachLook = Duration.ZERO;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      now = now.plus(passesAtEachLook);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
