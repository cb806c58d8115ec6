package io.burnish.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.estimate.OpenWork.OpenJob;
import io.burnish.estimate.Timeline.Capacity;
import io.burnish.estimate.Timeline.Result;
import io.burnish.quota.QuotaForecast;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.ModelQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Estimates of known numbers: ten records a call, 100 tokens and 10 for each record. */
class TimelineTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Duration AGING = Duration.ofMinutes(10);
  private static final Capacity SLOTS = new Capacity(4, 0, 0, 0);

  private static ModelForecast model(String name, Map<Dimension, ModelQuota.Bucket> limits) {
    return model(name, limits, 0);
  }

  private static ModelForecast model(
      String name, Map<Dimension, ModelQuota.Bucket> limits, double refused) {
    ModelQuota quota =
        new ModelQuota(
            name,
            limits,
            limits.isEmpty() ? ModelQuota.PacingMode.UNLIMITED : ModelQuota.PacingMode.LIMITS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0);
    return new ModelForecast(
        name,
        QuotaForecast.of(quota, NOW),
        0,
        10,
        300,
        100,
        10,
        50,
        5,
        new Experience(4, 50, 2, refused, 1));
  }

  private static ModelQuota.Bucket bucket(double limit, double level) {
    return new ModelQuota.Bucket(limit, level, "configured", NOW);
  }

  private static Result run(
      int records, List<OpenJob> beside, Capacity capacity, ModelForecast... models) {
    return new Timeline(List.of(models), new OpenWork(1, records, beside, AGING), capacity).run();
  }

  @Test
  void without_limits_as_many_calls_run_as_there_are_slots() {
    Result result = run(95, List.of(), SLOTS, model("m", Map.of()));

    // Ten calls of 2 s each, four at a time; the last has five records.
    assertThat(result.startsAt()).isZero();
    assertThat(result.endsAt()).isEqualTo(6);
    Timeline.Part part = result.parts().get(0);
    assertThat(part.calls).isEqualTo(10);
    assertThat(part.records).isCloseTo(95, within(1e-9));
    assertThat(part.prompt).isCloseTo(10 * 100 + 95 * 10, within(1e-6));
    assertThat(part.completion).isCloseTo(95 * 4, within(1e-6));
    assertThat(part.cached).isCloseTo(10 * 50, within(1e-6));
  }

  @Test
  void what_is_refused_of_the_last_answers_is_asked_about_once_more() {
    // Two calls at once, of ten records and of five, each refused with a probability of 0.1.
    Result result = run(15, List.of(), SLOTS, model("m", Map.of(), 0.1));

    assertThat(result.endsAt()).isCloseTo(2 + 2 * (1 - Math.pow(0.9, 15)), within(1e-9));
  }

  @Test
  void what_a_call_does_not_use_of_its_reservation_is_there_for_the_next() {
    // A call reserves 100 + 100 + 50 + 50 = 300, and uses 200 - 50 cached + 40 = 190.
    Map<Dimension, ModelQuota.Bucket> limits =
        Map.of(Dimension.RPM, bucket(1e6, 1e6), Dimension.TPM, bucket(6_000, 600));

    Result result = run(20, List.of(), SLOTS, model("m", limits));

    // A call needs 300, and the margin of 300 for others. The first leaves 300; at 2 s 200 have
    // dripped in and 110 come back. Without them the second call would be sent at 3 s.
    assertThat(result.endsAt()).isCloseTo(4, within(1e-6));
  }

  @Test
  void the_next_model_takes_what_the_first_has_no_room_for() {
    ModelForecast first =
        model("a", Map.of(Dimension.RPM, bucket(60, 1), Dimension.TPD, bucket(1e9, 1e9)));

    Result result = run(30, List.of(), SLOTS, first, model("b", Map.of()));

    assertThat(result.parts()).extracting(part -> part.calls).containsExactly(1.0, 2.0);
    assertThat(result.endsAt()).isEqualTo(2);
  }

  @Test
  void a_used_up_day_is_waited_for() {
    Map<Dimension, ModelQuota.Bucket> limits =
        Map.of(Dimension.RPM, bucket(30, 30), Dimension.RPD, bucket(1_000, 0));

    Result result = run(10, List.of(), SLOTS, model("m", limits));

    assertThat(result.startsAt()).isCloseTo(86.4, within(1e-4));
    assertThat(result.endsAt()).isCloseTo(88.4, within(1e-4));
  }

  @Test
  void a_call_that_never_fits_never_ends() {
    Result result =
        run(
            10,
            List.of(),
            SLOTS,
            model("m", Map.of(Dimension.RPM, bucket(9, 9), Dimension.TPM, bucket(200, 200))));

    assertThat(result.startsAt()).isInfinite();
    assertThat(result.endsAt()).isInfinite();
  }

  @Test
  void without_a_model_nothing_ends_and_without_records_nothing_starts() {
    assertThat(run(1, List.of(), SLOTS).endsAt()).isInfinite();
    assertThat(run(0, List.of(), SLOTS).endsAt()).isZero();
  }

  @Test
  void beside_an_equal_job_half_of_each_call_is_ours_until_we_are_done() {
    OpenJob equal = new OpenJob(1, Duration.ZERO, 1_000, false);

    Result result = run(100, List.of(equal), SLOTS, model("m", Map.of()));

    // Twenty calls with half of their records, four at a time.
    assertThat(result.endsAt()).isEqualTo(10);
    assertThat(result.parts().get(0).calls).isCloseTo(10, within(1e-6));
    assertThat(result.parts().get(0).prompt).isCloseTo(10 * 100 + 100 * 10, within(1e-6));
  }

  @Test
  void a_job_of_higher_priority_beside_takes_three_quarters() {
    OpenJob higher = new OpenJob(2, Duration.ZERO, 10_000, false);

    assertThat(run(100, List.of(higher), SLOTS, model("m", Map.of())).endsAt()).isEqualTo(20);
  }

  @Test
  void a_job_of_low_priority_that_is_old_weighs_as_much() {
    OpenJob aged = new OpenJob(0, Duration.ofMinutes(25), 1_000, false);

    assertThat(run(100, List.of(aged), SLOTS, model("m", Map.of())).endsAt()).isEqualTo(10);
  }

  @Test
  void a_small_job_beside_leaves_its_share_when_it_is_done() {
    OpenJob small = new OpenJob(1, Duration.ZERO, 20, false);

    Result result = run(100, List.of(small), SLOTS, model("m", Map.of()));

    assertThat(result.endsAt()).isEqualTo(6);
  }

  @Test
  void a_job_that_goes_ahead_ends_before_the_first_record_is_sent() {
    OpenJob ahead = new OpenJob(0, Duration.ZERO, 100, true);

    Result result = run(95, List.of(ahead), SLOTS, model("m", Map.of()));

    // Ten calls of 2 s each, four at a time, and then ours.
    assertThat(result.startsAt()).isEqualTo(6);
    assertThat(result.endsAt()).isEqualTo(12);
    assertThat(result.parts().get(0).calls).isEqualTo(10);
    assertThat(result.parts().get(0).records).isCloseTo(95, within(1e-9));
  }

  @Test
  void what_goes_ahead_shares_its_calls_with_other_jobs() {
    OpenJob ahead = new OpenJob(1, Duration.ZERO, 100, true);
    OpenJob other = new OpenJob(1, Duration.ZERO, 1_000, false);

    Result result = run(10, List.of(ahead, other), SLOTS, model("m", Map.of()));

    assertThat(result.startsAt()).isEqualTo(10);
  }

  @Test
  void records_that_need_no_call_wait_for_the_job_ahead_too() {
    OpenJob ahead = new OpenJob(1, Duration.ZERO, 20, true);

    Result result = run(0, List.of(ahead), SLOTS, model("m", Map.of()));

    assertThat(result.startsAt()).isInfinite();
    assertThat(result.endsAt()).isEqualTo(2);
  }

  @Test
  void the_last_answers_of_the_job_ahead_are_waited_for() {
    OpenJob ahead = new OpenJob(1, Duration.ZERO, 0, true);

    Result result =
        new Timeline(
                List.of(model("m", Map.of())), new OpenWork(1, 10, List.of(ahead), AGING), SLOTS)
            .withInFlight(10)
            .run();

    assertThat(result.startsAt()).isEqualTo(1);
    assertThat(result.endsAt()).isEqualTo(3);
  }

  @Test
  void behind_a_job_that_can_not_end_nothing_ends() {
    OpenJob ahead = new OpenJob(1, Duration.ZERO, 1, true);

    Result result = run(10, List.of(ahead), SLOTS);

    assertThat(result.startsAt()).isInfinite();
    assertThat(result.endsAt()).isInfinite();
  }

  @Test
  void behind_a_very_large_job_the_rest_goes_on_at_its_rate() {
    OpenJob ahead = new OpenJob(1, Duration.ZERO, 20_000_000, true);

    Result result = run(10, List.of(ahead), SLOTS, model("m", Map.of()));

    // Two million calls of 2 s each, four at a time.
    assertThat(result.startsAt()).isCloseTo(1_000_000, within(10.0));
    assertThat(result.endsAt()).isEqualTo(result.startsAt() + 2);
  }

  @Test
  void calls_in_flight_hold_their_slots_and_give_back_what_they_do_not_use() {
    Map<Dimension, ModelQuota.Bucket> limits =
        Map.of(Dimension.RPM, bucket(1e6, 1e6), Dimension.TPM, bucket(6_000, 390));

    Result result =
        new Timeline(List.of(model("m", limits)), new OpenWork(1, 10, List.of(), AGING), SLOTS)
            .withInFlight(10)
            .run();

    // 600 are needed: 390, 100 that drip in until the answer at 1 s, and 110 that come back.
    assertThat(result.startsAt()).isCloseTo(1, within(1e-6));
    assertThat(result.parts().get(0).records).isEqualTo(10);
  }

  @Test
  void fixed_pacing_sends_one_call_after_the_pause() {
    Result result = run(30, List.of(), new Capacity(1, 0, 0, 3), model("m", Map.of()));

    assertThat(result.endsAt()).isEqualTo(3 * 2 + 2 * 3);
  }

  @Test
  void where_the_provider_is_faster_the_service_takes_its_time() {
    Result result = run(1_000, List.of(), new Capacity(400, 0.1, 0.01, 0), model("m", Map.of()));

    assertThat(result.endsAt()).isCloseTo(99 * 0.2 + 2, within(1e-6));
  }
}
