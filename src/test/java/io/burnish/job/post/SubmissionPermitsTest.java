package io.burnish.job.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.job.stored.JobsConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubmissionPermitsTest {

  @Test
  void as_many_have_a_turn_as_may_and_the_next_gets_the_first_that_is_given_back() {
    SubmissionPermits permits = permits("60s");
    CompletableFuture<SubmissionPermits.Permit> first = take(permits, null);
    CompletableFuture<SubmissionPermits.Permit> second = take(permits, null);
    CompletableFuture<SubmissionPermits.Permit> third = take(permits, null);
    assertThat(second).isCompleted();
    assertThat(third).isNotDone();

    first.join().close();
    first.join().close();

    assertThat(third).isCompleted();
    assertThat(take(permits, null)).as("what is given back twice counts once").isNotDone();
  }

  @Test
  void a_retry_under_a_key_takes_no_turn_while_the_first_try_has_one() {
    SubmissionPermits permits = permits("60s");
    CompletableFuture<SubmissionPermits.Permit> first = take(permits, "key");
    CompletableFuture<SubmissionPermits.Permit> retry = take(permits, "key");

    CompletableFuture<SubmissionPermits.Permit> other = take(permits, "other");

    assertThat(retry).isNotDone();
    assertThat(other).isCompleted();
    first.join().close();
    assertThat(retry).isCompleted();
  }

  @Test
  void who_does_not_wait_any_more_gets_none() {
    SubmissionPermits permits = permits("60s");
    CompletableFuture<SubmissionPermits.Permit> first = take(permits, "key");
    CompletableFuture<SubmissionPermits.Permit> gone = take(permits, "key");
    CompletableFuture<SubmissionPermits.Permit> last = take(permits, "key");

    gone.cancel(false);
    first.join().close();

    assertThat(last).isCompleted();
  }

  @Test
  void who_waits_too_long_is_told_why() {
    SubmissionPermits permits = permits("1s");
    take(permits, "key");

    assertThatThrownBy(() -> take(permits, "key").join())
        .hasCauseInstanceOf(BusyException.class)
        .hasMessageContaining("Idempotency-Key \"key\"");
    take(permits, null);
    assertThatThrownBy(() -> take(permits, null).join())
        .hasCauseInstanceOf(BusyException.class)
        .hasMessageContaining("2 jobs");
  }

  private static CompletableFuture<SubmissionPermits.Permit> take(
      SubmissionPermits permits, String key) {
    return permits
        .acquire(key == null ? null : new SubmissionPermits.Key("owner", key))
        .toCompletableFuture();
  }

  private static SubmissionPermits permits(String timeout) {
    return new SubmissionPermits(
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 1, new DurationConverter())
            .withMapping(JobsConfig.class)
            .withDefaultValues(
                Map.of(
                    "burnish.jobs.store-at-once", "2",
                    "burnish.jobs.store-timeout", timeout,
                    "burnish.jobs.store-within", "60s"))
            .build()
            .getConfigMapping(JobsConfig.class));
  }
}
