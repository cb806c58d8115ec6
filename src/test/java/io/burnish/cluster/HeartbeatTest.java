package io.burnish.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.loops.LoopWatch;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_worker_that_could_not_beat_stops_before_others_take_it_for_dead() {
    Heartbeat heartbeat =
        new Heartbeat(
            UUID.randomUUID(),
            silence(Duration.ofSeconds(30)),
            null,
            null,
            nanos::get,
            new LoopWatch());

    nanos.addAndGet(Duration.ofMillis(19_999).toNanos());
    assertThat(heartbeat.holdsLease()).isTrue();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(heartbeat.holdsLease()).isFalse();
  }

  @Test
  void a_lease_is_good_as_long_as_its_worker_is_taken_for_alive() {
    Heartbeat heartbeat =
        new Heartbeat(
            UUID.randomUUID(),
            silence(Duration.ofSeconds(30)),
            null,
            null,
            nanos::get,
            new LoopWatch());
    BooleanSupplier lease = heartbeat.lease();

    assertThat(lease.getAsBoolean()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(lease.getAsBoolean()).isFalse();
  }

  /** A configuration of which only the heartbeat is asked. */
  private static ClusterConfig silence(Duration silence) {
    Map<String, Object> values =
        Map.of(
            "heartbeat",
            Duration.ofSeconds(5),
            "silence",
            silence,
            "node",
            Optional.of("here"),
            "sole",
            false);
    return (ClusterConfig)
        Proxy.newProxyInstance(
            ClusterConfig.class.getClassLoader(),
            new Class<?>[] {ClusterConfig.class},
            (proxy, method, arguments) -> values.get(method.getName()));
  }
}
