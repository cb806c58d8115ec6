package io.burnish.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.worker.LoopWatch;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoopHealthTest {

  private final LoopWatch watch = new LoopWatch();

  @Test
  void is_live_while_every_loop_turns() {
    watch.turned("claim");
    watch.turned("heartbeat");

    HealthCheckResponse health = stalledAfter(Duration.ofMinutes(3));

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getData().orElseThrow()).containsOnlyKeys("claim", "heartbeat");
  }

  @Test
  void is_not_live_when_a_loop_did_not_turn_for_too_long() {
    watch.turned("claim");

    HealthCheckResponse health = stalledAfter(Duration.ofNanos(-1));

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getData().orElseThrow().get("claim")).asString().startsWith("no turn for");
  }

  @Test
  void is_live_without_loops_and_after_they_were_stopped() {
    watch.turned("claim");
    watch.ended("claim");

    assertThat(stalledAfter(Duration.ofNanos(-1)).getStatus()).isEqualTo(Status.UP);
  }

  private HealthCheckResponse stalledAfter(Duration time) {
    return new LoopHealth(watch, () -> time).call().await().indefinitely();
  }
}
