package io.burnish.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.fixtures.LogLines;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Signal itemsReady = new Signal();
  private final LoopWatch watch = new LoopWatch();
  private final FakeRegistry registry = new FakeRegistry();
  private final Heartbeat heartbeat =
      new Heartbeat(
          UUID.randomUUID(),
          silence(Duration.ofSeconds(30)),
          registry,
          itemsReady,
          nanos::get,
          watch);

  /** A registry without a database. */
  private static final class FakeRegistry extends WorkerRegistry {

    private boolean registered = true;
    private boolean heartbeatFails;
    private boolean rescueFails;
    private int rescued;

    FakeRegistry() {
      super(null, null);
    }

    @Override
    public boolean heartbeat(WorkerProcess process) {
      if (heartbeatFails) {
        throw new IllegalStateException("no connection");
      }
      return registered;
    }

    @Override
    public int rescue(UUID worker, Collection<UUID> ended, Duration silence) {
      if (rescueFails) {
        throw new IllegalStateException("no connection");
      }
      return rescued;
    }
  }

  @Test
  void a_worker_without_heartbeats_stops_before_other_replicas_take_over() {
    nanos.addAndGet(Duration.ofMillis(19_999).toNanos());
    assertThat(heartbeat.holdsLease()).isTrue();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(heartbeat.holdsLease()).isFalse();
  }

  @Test
  void a_lease_is_valid_while_heartbeats_succeed() {
    BooleanSupplier lease = heartbeat.lease();

    nanos.addAndGet(Duration.ofSeconds(19).toNanos());
    heartbeat.turn(true);
    nanos.addAndGet(Duration.ofSeconds(19).toNanos());
    assertThat(lease.getAsBoolean()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(lease.getAsBoolean()).isFalse();
  }

  @Test
  void a_lease_that_expired_is_never_valid_again() {
    BooleanSupplier lease = heartbeat.lease();
    registry.registered = false;

    try (LogLines log = LogLines.of(Heartbeat.class)) {
      heartbeat.turn(true);

      assertThat(log.messages()).singleElement().asString().startsWith("Lease expired: ");
    }
    assertThat(lease.getAsBoolean()).isFalse();
    assertThat(heartbeat.lease().getAsBoolean()).isTrue();
  }

  @Test
  void a_lease_ends_when_the_worker_stops() {
    BooleanSupplier lease = heartbeat.lease();

    heartbeat.stop();

    assertThat(lease.getAsBoolean()).isFalse();
    assertThat(heartbeat.holdsLease()).isFalse();
  }

  @Test
  void a_failed_heartbeat_is_logged_with_what_happens_next() {
    registry.heartbeatFails = true;

    try (LogLines log = LogLines.of(Heartbeat.class)) {
      heartbeat.turn(true);

      assertThat(log.messages())
          .containsExactly(
              "Heartbeat failed: no connection. Retry in PT5S; after PT30S without one (burnish.worker.silence), other replicas take over this worker's items");
    }
    assertThat(watch.states().get("heartbeat").failedInARow()).isEqualTo(1);
  }

  @Test
  void a_failed_rescue_is_not_logged_as_a_failed_heartbeat() {
    registry.rescueFails = true;

    try (LogLines log = LogLines.of(Heartbeat.class)) {
      heartbeat.turn(true);
      heartbeat.turn(false);

      assertThat(log.messages())
          .hasSize(2)
          .allMatch(line -> line.startsWith("Rescue of the items of other workers failed: "));
    }
    assertThat(watch.states().get("heartbeat").failedInARow()).isEqualTo(2);
  }

  @Test
  void a_rescue_raises_the_signal_for_the_claim_loop() throws Exception {
    registry.rescued = 3;

    heartbeat.turn(false);

    assertThat(itemsReady.await(Duration.ZERO)).isTrue();
  }

  /** A configuration with a heartbeat of 5 seconds. */
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
