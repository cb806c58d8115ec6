package io.burnish.simulator.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.options.GoDuration;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {

  private static final long SECOND = 1_000_000_000L;

  /** Every wait that was published with its numbers (Source: issues of Groq's users, 2024-2026). */
  @ParameterizedTest
  @CsvSource({
    "TPM, 8000, 6644, 2931, 11.8125s",
    "TPM, 8000, 5289, 5229, 18.884999999s",
    "TPM, 8000, 7274, 7590, 51.48s",
    "TPM, 12000, 7174, 7540, 13.569999999s",
    "TPM, 6000, 5909, 655, 5.64s",
    "TPM, 5000, 5747, 4251, 59.977s",
    "TPM, 7000, 0, 12903, 50.597142857s",
    "TPD, 100000, 96604, 9985, 1h34m52.896s",
    "TPD, 100000, 99552, 1533, 15m37.44s",
    "TPD, 100000, 97050, 3619, 9m38.016s",
    "RPM, 30, 30, 1, 2s",
    "TPD, 200000, 199052, 1443, 3m33.84s",
    "TPD, 200000, 199050, 1891, 6m46.512s",
    "TPD, 500000, 499558, 805, 1m2.7264s",
    "TPM, 8000, 4314, 4803, 8.377499999s",
    "TPM, 8000, 6805, 2785, 11.9225s"
  })
  void the_wait_is_the_published_one(
      LimitDimension dimension, long limit, long used, long requested, String published) {
    Bucket bucket = new Bucket(dimension, limit, 1, 0);
    bucket.take(used, 0);

    Duration wait = bucket.waitFor(requested, 0);

    // What is printed as used is rounded to whole tokens.
    double token = dimension.window().toNanos() / 1e9 / limit;
    assertThat(wait.toNanos() / 1e9)
        .isCloseTo(GoDuration.parse(published).toNanos() / 1e9, within(token / 2));
    assertThat(OverLimit.of(dimension, limit, used, requested).delay().toNanos() / 1e9)
        .isCloseTo(wait.toNanos() / 1e9, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "TPM, 8000, 5195, 21.037s",
    "TPM, 6000, 34, 59.66s",
    "RPD, 1000, 999, 1m26.4s",
    "RPD, 1000, 955, 1h4m48s"
  })
  void a_reset_is_the_time_until_the_bucket_is_full(
      LimitDimension dimension, long limit, long remaining, String published) {
    Bucket bucket = new Bucket(dimension, limit, 1, 0);
    bucket.take(limit - remaining, 0);

    assertThat(bucket.remaining(0)).isEqualTo(remaining);
    assertThat(GoDuration.toMillis(bucket.fullIn(0))).isEqualTo(published);
  }

  @Test
  void it_refills_evenly_and_never_above_its_limit() {
    Bucket bucket = new Bucket(LimitDimension.TPM, 6_000, 0, 0);

    assertThat(bucket.level(SECOND)).isCloseTo(100, within(1e-6));
    assertThat(bucket.level(30 * SECOND)).isCloseTo(3_000, within(1e-6));
    assertThat(bucket.level(90 * SECOND)).isEqualTo(6_000);
  }

  @Test
  void a_negative_level_is_reported_as_used_over_the_limit_and_none_remaining() {
    Bucket bucket = new Bucket(LimitDimension.TPM, 5_000, 1, 0);
    bucket.take(5_747, 0);

    assertThat(bucket.used(0)).isEqualTo(5_747);
    assertThat(bucket.remaining(0)).isZero();
    assertThat(bucket.holds(1, 0)).isFalse();
  }

  @Property
  void a_caller_that_waits_as_told_is_admitted_and_not_much_earlier(
      @ForAll @IntRange(min = 1, max = 1_000_000) int limit,
      @ForAll @IntRange(max = 200) int percentUsed,
      @ForAll @IntRange(min = 1, max = 100) int percentNeeded) {
    double used = limit * percentUsed / 100.0;
    Bucket bucket = new Bucket(LimitDimension.TPM, limit, 1, 0);
    bucket.take(used, 0);
    double need = Math.max(1, Math.floor(limit * percentNeeded / 100.0));

    long wait = bucket.waitFor(need, 0).toNanos();
    Bucket early = new Bucket(LimitDimension.TPM, limit, 1, 0);
    early.take(used, 0);

    assertThat(bucket.holds(need, wait)).isTrue();
    assertThat(wait < SECOND || !early.holds(need, (long) (wait * 0.99))).isTrue();
  }

  @Property
  void in_any_window_it_grants_at_most_its_limit_and_the_refill(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000_000L) Long> gaps) {
    Bucket bucket = new Bucket(LimitDimension.RPM, 30, 1, 0);
    long now = 0;
    int given = 0;
    for (long gap : gaps) {
      now += gap;
      if (bucket.holds(1, now)) {
        bucket.take(1, now);
        given++;
      }
    }

    assertThat((double) given).isLessThanOrEqualTo(30 + now / 2e9 + 0.01);
  }
}
