package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.ModelQuota;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaForecastTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static ModelQuota.Bucket bucket(double limit, double level, String learned) {
    return new ModelQuota.Bucket(limit, level, learned, NOW);
  }

  private static QuotaForecast forecast(Map<Dimension, ModelQuota.Bucket> buckets) {
    return forecast(buckets, ModelQuota.PacingMode.LIMITS, Optional.empty(), 0);
  }

  private static QuotaForecast forecast(
      Map<Dimension, ModelQuota.Bucket> buckets,
      ModelQuota.PacingMode pacing,
      Optional<Instant> pausedUntil,
      double foreign) {
    return QuotaForecast.of(
        new ModelQuota(
            "m", buckets, pacing, Optional.empty(), pausedUntil, Optional.empty(), 0, foreign),
        NOW);
  }

  @Test
  void a_call_waits_until_its_tokens_and_the_margin_for_others_have_dripped_in() {
    QuotaForecast quota =
        forecast(
            Map.of(
                Dimension.RPM, bucket(30, 30, "headers"),
                Dimension.TPM, bucket(6_000, 1_000, "headers")));

    // 3,000 and 5 % of 6,000 are needed, 1,000 are there, 100 come each second.
    assertThat(quota.waitFor(0, 3_000)).isCloseTo(23, within(1e-9));
    assertThat(quota.waitFor(20, 3_000)).isCloseTo(3, within(1e-9));
    assertThat(quota.waitFor(23, 3_000)).isZero();
    quota.reserve(23, 3_000);
    assertThat(quota.waitFor(23, 3_000)).isCloseTo(30, within(1e-9));
    quota.refund(23, 1_500);
    assertThat(quota.waitFor(23, 3_000)).isCloseTo(15, within(1e-9));
  }

  @Test
  void a_bucket_never_holds_more_than_its_limit() {
    QuotaForecast quota = forecast(Map.of(Dimension.RPM, bucket(60, 0, "headers")));

    quota.waitFor(1_000, 1);
    for (int call = 0; call < 60; call++) {
      assertThat(quota.waitFor(1_000, 1)).isZero();
      quota.reserve(1_000, 1);
    }
    assertThat(quota.waitFor(1_000, 1)).isCloseTo(1, within(1e-9));
  }

  @Test
  void what_is_left_of_a_day_drips_back_over_the_day() {
    QuotaForecast quota =
        forecast(
            Map.of(
                Dimension.RPM, bucket(30, 30, "plan"),
                Dimension.RPD, bucket(1_000, -1, "headers")));

    assertThat(quota.waitFor(0, 1)).isCloseTo(2 * 86.4, within(1e-6));
  }

  @Test
  void tokens_of_others_slow_the_refill_to_a_tenth_at_most() {
    Map<Dimension, ModelQuota.Bucket> empty =
        Map.of(
            Dimension.RPM, bucket(30, 30, "headers"), Dimension.TPM, bucket(6_000, 300, "headers"));

    assertThat(
            forecast(empty, ModelQuota.PacingMode.LIMITS, Optional.empty(), 3_000).waitFor(0, 500))
        .isCloseTo(10, within(1e-9));
    assertThat(
            forecast(empty, ModelQuota.PacingMode.LIMITS, Optional.empty(), 9_000).waitFor(0, 500))
        .isCloseTo(50, within(1e-9));
  }

  @Test
  void a_call_larger_than_a_confirmed_limit_never_fits_and_an_assumed_one_is_tried() {
    assertThat(
            forecast(
                    Map.of(
                        Dimension.RPM,
                        bucket(9, 9, "plan"),
                        Dimension.TPD,
                        bucket(100, 100, "configured")))
                .waitFor(0, 101))
        .isInfinite();
    assertThat(
            forecast(
                    Map.of(
                        Dimension.RPM,
                        bucket(9, 9, "plan"),
                        Dimension.TPD,
                        bucket(100, 100, "plan")))
                .waitFor(0, 101))
        .isZero();
  }

  @Test
  void nothing_is_sent_during_a_pause() {
    assertThat(
            forecast(Map.of(), ModelQuota.PacingMode.UNLIMITED, Optional.of(NOW.plusSeconds(7)), 0)
                .waitFor(2, 1))
        .isEqualTo(5);
  }

  @Test
  void calls_keep_a_gap_while_the_requests_a_minute_are_not_known() {
    QuotaForecast quota = forecast(Map.of(Dimension.TPM, bucket(60_000, 60_000, "headers")));

    quota.reserve(1, 10);

    assertThat(quota.waitFor(1, 10)).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void limits_do_not_hold_for_an_unlimited_plan() {
    assertThat(
            forecast(
                    Map.of(Dimension.RPM, bucket(1, -5, "plan")),
                    ModelQuota.PacingMode.UNLIMITED,
                    Optional.empty(),
                    0)
                .waitFor(0, 1e9))
        .isZero();
  }

  /** Each limit of these is the one that is waited for at some time. */
  @Test
  void it_grants_calls_at_the_times_at_which_the_statement_does() throws SQLException {
    try (Connection connection = VirtualDatabase.connect()) {
      VirtualDatabase.at(connection, 0);
      VirtualReplica replica =
          VirtualReplica.under(
              Limits.of(5, 60, 8_000, 90_000.0), new VirtualTransactions(connection));
      replica.answered(0, 0);
      replica.at(60);
      QuotaForecast forecast = QuotaForecast.of(replica.quota(), NOW);
      double now = 0;

      for (int call = 0; call < 90; call++) {
        long tokens = 200 + call % 7 * 1_100;
        double wait = forecast.waitFor(now, tokens);
        if (wait > 0.5) {
          replica.at(60 + now + wait - 0.3);
          assertThat(replica.reserve(1, tokens).calls()).as("call %d, too early", call).isZero();
        }
        now += wait + 0.01;
        replica.at(60 + now);
        assertThat(replica.reserve(1, tokens).calls()).as("call %d", call).isEqualTo(1);
        forecast.reserve(now, tokens);
        replica.answered(tokens, tokens / 2);
        forecast.refund(now, tokens - tokens / 2);
      }
    }
  }
}
