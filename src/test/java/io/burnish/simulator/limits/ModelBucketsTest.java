package io.burnish.simulator.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.burnish.simulator.limits.AdmissionDecision.Admitted;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelBucketsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final RateLimits FREE = RateLimits.of(30, 1_000, 8_000, 200_000);

  private static ModelBuckets quota(RateLimits limits, Map<String, String> options) {
    return new ModelBuckets(limits, SimulatorSettings.of(options).quota(), 0);
  }

  private static ModelBuckets quota(RateLimits limits) {
    return quota(limits, Map.of());
  }

  @Test
  void each_dimension_refuses_when_it_is_exhausted_and_is_named() {
    assertThat(secondOf(RateLimits.of(1, 0, 0, 0)))
        .isEqualTo(new OverLimit(LimitDimension.RPM, 1, 1, 1, Duration.ofMinutes(1)));
    assertThat(secondOf(RateLimits.of(0, 1, 0, 0)))
        .isEqualTo(new OverLimit(LimitDimension.RPD, 1, 1, 1, Duration.ofDays(1)));
    assertThat(secondOf(RateLimits.of(0, 0, 1_000, 0)))
        .isEqualTo(new OverLimit(LimitDimension.TPM, 1_000, 800, 800, Duration.ofSeconds(36)));
    assertThat(secondOf(RateLimits.of(0, 0, 0, 1_000)))
        .isEqualTo(new OverLimit(LimitDimension.TPD, 1_000, 800, 800, Duration.ofSeconds(51_840)));
  }

  private static AdmissionDecision secondOf(RateLimits limits) {
    ModelBuckets quota = quota(limits);
    assertThat(quota.admit(800, 0)).isEqualTo(new Admitted(800));
    return quota.admit(800, 0);
  }

  @Test
  void a_call_larger_than_the_tokens_of_a_minute_never_fits() {
    assertThat(quota(FREE).admit(11_285, 0))
        .isEqualTo(new NeverFits(LimitDimension.TPM, 8_000, 11_285));
    assertThat(quota(FREE).admit(8_000, 0)).isEqualTo(new Admitted(8_000));
  }

  @Test
  void a_refused_call_takes_nothing_from_any_bucket() {
    ModelBuckets quota = quota(FREE);
    quota.admit(7_000, 0);
    Map<LimitDimension, Double> before = quota.levels(0);

    quota.admit(2_000, 0);
    quota.admit(9_000, 0);

    assertThat(quota.levels(0)).isEqualTo(before);
  }

  @Test
  void of_forty_calls_at_once_thirty_are_admitted_at_thirty_a_minute() {
    ModelBuckets quota = quota(FREE);

    long admitted = 0;
    for (int call = 0; call < 40; call++) {
      admitted += quota.admit(1, 0) instanceof Admitted ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(30);
  }

  @Test
  void the_order_of_the_limits_decides_which_one_refuses() {
    RateLimits both = RateLimits.of(1, 0, 1_000, 0);
    ModelBuckets requestsFirst = quota(both);
    ModelBuckets tokensFirst = quota(both, Map.of("order", "tpm,rpm"));
    requestsFirst.admit(900, 0);
    tokensFirst.admit(900, 0);

    assertThat(((OverLimit) requestsFirst.admit(900, 0)).dimension()).isEqualTo(LimitDimension.RPM);
    assertThat(((OverLimit) tokensFirst.admit(900, 0)).dimension()).isEqualTo(LimitDimension.TPM);
  }

  @Test
  void settling_refunds_unused_tokens_and_takes_those_over_the_reservation() {
    ModelBuckets quota = quota(FREE);
    quota.admit(8_000, 0);
    quota.settle(8_000, 600, 0);

    assertThat(quota.levels(0))
        .contains(entry(LimitDimension.TPM, 7_400.0), entry(LimitDimension.TPD, 199_400.0));

    quota.settle(0, 9_000, 0);

    assertThat(quota.levels(0)).contains(entry(LimitDimension.TPM, -1_600.0));
    assertThat(((OverLimit) quota.admit(1, 0)).used()).isEqualTo(9_600);
  }

  @Test
  void without_refunds_a_reservation_stays_and_tokens_over_it_are_taken() {
    ModelBuckets quota = quota(FREE, Map.of("settle", "false"));
    quota.admit(2_000, 0);
    quota.settle(2_000, 600, 0);
    assertThat(quota.levels(0)).contains(entry(LimitDimension.TPM, 6_000.0));

    quota.settle(0, 500, 0);
    assertThat(quota.levels(0)).contains(entry(LimitDimension.TPM, 5_500.0));
  }

  @Test
  void headers_report_requests_per_day_and_tokens_per_minute_only() {
    ModelBuckets quota = quota(FREE);
    quota.admit(2_805, 0);

    assertThat(quota.headers(QuotaSettings.Headers.RESPONSE, 0))
        .containsOnly(
            entry("x-ratelimit-limit-requests", "1000"),
            entry("x-ratelimit-remaining-requests", "999"),
            entry("x-ratelimit-reset-requests", "1m26.4s"),
            entry("x-ratelimit-limit-tokens", "8000"),
            entry("x-ratelimit-remaining-tokens", "5195"),
            entry("x-ratelimit-reset-tokens", "21.037s"));
    assertThat(quota(RateLimits.NONE).headers(QuotaSettings.Headers.RESPONSE, 0)).isEmpty();
  }

  @Test
  void a_daily_limit_refills_evenly_and_not_at_midnight() {
    ModelBuckets quota = quota(RateLimits.of(0, 1_000, 0, 0));
    for (int call = 0; call < 1_000; call++) {
      quota.admit(1, 0);
    }

    assertThat(quota.admit(1, 86 * SECOND)).isInstanceOf(OverLimit.class);
    assertThat(quota.admit(1, 87 * SECOND)).isInstanceOf(Admitted.class);
    assertThat(quota.admit(1, 87 * SECOND)).isInstanceOf(OverLimit.class);
  }

  @Test
  void buckets_can_open_with_a_share() {
    assertThat(quota(FREE, Map.of("opening", "0.25")).levels(0))
        .contains(entry(LimitDimension.RPM, 7.5), entry(LimitDimension.TPM, 2_000.0));
  }

  @Test
  void a_co_tenant_takes_its_share_in_its_span() {
    ModelBuckets quota =
        quota(
            RateLimits.of(0, 0, 6_000, 0),
            Map.of("co-tenant", "30%/100@60s..120s", "opening", "0"));

    assertThat(quota.coTenantTokens(59 * SECOND)).isZero();
    assertThat(quota.coTenantTokens(90 * SECOND)).isBetween(800L, 1_000L);
    assertThat(quota.coTenantTokens(400 * SECOND)).isEqualTo(1_800);
  }

  @Test
  void a_co_tenant_leaves_the_rest_of_the_refill() {
    ModelBuckets quota =
        quota(
            RateLimits.of(0, 0, 6_000, 0), Map.of("co-tenant", "30%/100@0s..10m", "opening", "0"));

    long ours = 0;
    for (long now = 0; now <= 600; now++) {
      ours += quota.admit(70, now * SECOND) instanceof Admitted ? 70 : 0;
    }

    assertThat((double) ours).isCloseTo(42_000, within(1_000.0));
    assertThat((double) quota.coTenantTokens(600 * SECOND)).isCloseTo(18_000, within(1_000.0));
  }

  @Test
  void changed_limits_keep_what_was_used() {
    ModelBuckets quota = quota(FREE);
    quota.admit(7_000, 0);

    ModelBuckets changed =
        quota.withTerms(
            RateLimits.of(1_000, 500_000, 250_000, 0), SimulatorSettings.INSTANT.quota(), 0);

    assertThat(changed.levels(0))
        .containsOnly(
            entry(LimitDimension.RPM, 999.0),
            entry(LimitDimension.RPD, 499_999.0),
            entry(LimitDimension.TPM, 243_000.0));
  }
}
