package io.burnish.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SameNodeWorkersTest {

  private static final String MACHINE = "boot-1 pid:[1]";
  private static final Instant FIRST_HEARTBEAT = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerProcess OWN =
      new WorkerProcess(UUID.randomUUID(), "burnish-0", 1, MACHINE, 500L);

  private final UUID id = UUID.randomUUID();
  private final SameNodeWorkers workers = workers(false);

  @Test
  void a_process_of_this_machine_that_no_longer_runs_has_ended_at_once() {
    assertThat(workers.endedAtStart(List.of(of(7, MACHINE, 100L)))).containsExactly(id);
  }

  @Test
  void a_process_of_this_machine_whose_id_belongs_to_a_later_one_has_ended_at_once() {
    assertThat(workers.endedAtStart(List.of(of(1, MACHINE, 100L)))).containsExactly(id);
  }

  @Test
  void a_process_of_this_machine_that_runs_has_not_ended() {
    assertThat(workers.endedAtStart(List.of(of(2, MACHINE, 600L)))).isEmpty();
    assertThat(workers.areUndecided()).isTrue();
  }

  /** Two containers with one name, each with process 1. */
  @Test
  void a_process_of_another_container_is_not_rescued_while_its_heartbeat_is_fresh() {
    assertThat(workers.endedAtStart(List.of(of(1, "boot-1 pid:[2]", 500L)))).isEmpty();
    for (int heartbeat = 1; heartbeat <= 20; heartbeat++) {
      assertThat(
              workers.ended(
                  List.of(seen(FIRST_HEARTBEAT.plusSeconds(5 * heartbeat), Duration.ofSeconds(1)))))
          .isEmpty();
    }
    assertThat(workers.areUndecided()).isFalse();
  }

  @Test
  void a_worker_with_one_new_heartbeat_is_rescued_only_after_the_usual_silence() {
    workers.endedAtStart(List.of(of(1, "boot-1 pid:[2]", 500L)));
    workers.ended(List.of(seen(FIRST_HEARTBEAT.plusSeconds(5), Duration.ZERO)));

    for (int heartbeat = 0; heartbeat < 10; heartbeat++) {
      assertThat(
              workers.ended(
                  List.of(
                      seen(FIRST_HEARTBEAT.plusSeconds(5), Duration.ofSeconds(5L * heartbeat)))))
          .isEmpty();
    }
  }

  /** A container that was restarted in its pod: whether the old process has ended is not known. */
  @Test
  void a_process_that_misses_its_heartbeats_has_ended_after_half_the_usual_silence() {
    workers.endedAtStart(List.of(of(1, "boot-1 pid:[2]", 500L)));

    assertThat(workers.ended(List.of(seen(FIRST_HEARTBEAT, Duration.ofSeconds(5))))).isEmpty();
    assertThat(workers.ended(List.of(seen(FIRST_HEARTBEAT, Duration.ofSeconds(10))))).isEmpty();
    assertThat(workers.ended(List.of(seen(FIRST_HEARTBEAT, Duration.ofSeconds(15)))))
        .containsExactly(id);
    assertThat(workers.ended(List.of())).isEmpty();
    assertThat(workers.areUndecided()).isFalse();
  }

  /**
   * While the database is unavailable no worker can send a heartbeat, so an old one proves nothing.
   */
  @Test
  void after_an_outage_a_worker_has_time_to_send_a_heartbeat() {
    workers.endedAtStart(List.of(of(1, "boot-1 pid:[2]", 500L)));

    assertThat(workers.ended(List.of(seen(FIRST_HEARTBEAT, Duration.ofSeconds(40))))).isEmpty();
    assertThat(workers.ended(List.of(seen(FIRST_HEARTBEAT.plusSeconds(41), Duration.ofSeconds(4)))))
        .isEmpty();
  }

  @Test
  void a_worker_without_a_machine_has_not_ended_at_once() {
    assertThat(workers.endedAtStart(List.of(of(1, null, null)))).isEmpty();
  }

  @Test
  void beside_a_sole_worker_all_others_have_ended() {
    assertThat(workers(true).endedAtStart(List.of(of(2, null, null)))).containsExactly(id);
  }

  @Test
  void this_process_has_a_stable_identity() {
    long pid = ProcessHandle.current().pid();

    assertThat(ThisMachine.identity()).isEqualTo(ThisMachine.identity());
    assertThat(ThisMachine.started(pid)).isEqualTo(ThisMachine.started(pid));
    assertThat(ThisMachine.started(Integer.MAX_VALUE)).isEmpty();
  }

  private SameNodeWorker of(long pid, String machine, Long started) {
    return new SameNodeWorker(
        new WorkerProcess(id, "burnish-0", pid, machine, started), FIRST_HEARTBEAT, Duration.ZERO);
  }

  private SameNodeWorker seen(Instant at, Duration silence) {
    return new SameNodeWorker(
        new WorkerProcess(id, "burnish-0", 1, "boot-1 pid:[2]", 500L), at, silence);
  }

  /** Of this machine's processes, 1 started at tick 500 and 2 at 600. */
  private static SameNodeWorkers workers(boolean sole) {
    Map<Long, Long> started = Map.of(1L, 500L, 2L, 600L);
    Map<String, Object> values =
        Map.of("heartbeat", Duration.ofSeconds(5), "silence", Duration.ofSeconds(30), "sole", sole);
    ClusterConfig config =
        (ClusterConfig)
            Proxy.newProxyInstance(
                ClusterConfig.class.getClassLoader(),
                new Class<?>[] {ClusterConfig.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    return new SameNodeWorkers(OWN, config, pid -> Optional.ofNullable(started.get(pid)));
  }
}
