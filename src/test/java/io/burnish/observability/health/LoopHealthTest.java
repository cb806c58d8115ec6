package io.burnish.observability.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.loops.LoopWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoopHealthTest {

  private final AtomicLong nanos = new AtomicLong();
  private final LoopWatch watch = new LoopWatch(nanos::get);
  private final LoopHealth check = new LoopHealth(watch, () -> Duration.ofMinutes(3));

  @Test
  void is_live_while_every_loop_turns_within_three_minutes() {
    watch.turned("claim");
    after(Duration.ofMinutes(1));
    watch.turned("heartbeat");
    after(Duration.ofMinutes(2));

    HealthCheckResponse health = health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getData().orElseThrow())
        .containsEntry("claim", "turned 180 s ago")
        .containsEntry("heartbeat", "turned 120 s ago");
  }

  @Test
  void is_not_live_when_one_loop_did_not_turn_for_longer() {
    watch.turned("claim");
    after(Duration.ofSeconds(181));
    watch.turned("heartbeat");

    HealthCheckResponse health = health();

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getData().orElseThrow())
        .containsEntry("claim", "no turn for 181 s, limit 180 s (burnish.health.stalled-after)")
        .containsEntry("heartbeat", "turned 0 s ago");
  }

  @Test
  void is_live_while_turns_fail_and_counts_them() {
    for (int turn = 0; turn < 7; turn++) {
      after(Duration.ofMinutes(2));
      watch.failed("retention");
    }

    HealthCheckResponse health = health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getData().orElseThrow())
        .containsEntry("retention", "turned 0 s ago; failed turns in a row: 7, see the log");
  }

  @Test
  void is_live_without_loops_and_after_they_were_stopped() {
    watch.turned("claim");
    watch.ended("claim");
    after(Duration.ofMinutes(10));

    assertThat(health().getStatus()).isEqualTo(Status.UP);
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private HealthCheckResponse health() {
    return check.call().await().indefinitely();
  }
}
