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
  private static final Instant BEAT = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerProcess OWN =
      new WorkerProcess(UUID.randomUUID(), "burnish-0", 1, MACHINE, 500L);

  private final UUID id = UUID.randomUUID();
  private final SameNodeWorkers namesakes = namesakes(false);

  @Test
  void a_process_of_this_machine_that_is_gone_is_over_at_once() {
    assertThat(namesakes.atStart(List.of(of(7, MACHINE, 100L)))).containsExactly(id);
  }

  @Test
  void a_process_of_this_machine_whose_id_belongs_to_a_later_one_is_over_at_once() {
    assertThat(namesakes.atStart(List.of(of(1, MACHINE, 100L)))).containsExactly(id);
  }

  @Test
  void a_process_of_this_machine_that_runs_is_not_over() {
    assertThat(namesakes.atStart(List.of(of(2, MACHINE, 600L)))).isEmpty();
    assertThat(namesakes.areUndecided()).isTrue();
  }

  /** Two containers with one name, each with process 1. */
  @Test
  void a_process_of_another_container_is_left_alone_while_its_heartbeat_is_fresh() {
    assertThat(namesakes.atStart(List.of(of(1, "boot-1 pid:[2]", 500L)))).isEmpty();
    for (int beat = 1; beat <= 20; beat++) {
      assertThat(namesakes.over(List.of(beaten(BEAT.plusSeconds(5 * beat), Duration.ofSeconds(1)))))
          .isEmpty();
    }
    assertThat(namesakes.areUndecided()).isFalse();
  }

  @Test
  void one_that_has_beaten_once_is_left_to_the_usual_silence_for_ever() {
    namesakes.atStart(List.of(of(1, "boot-1 pid:[2]", 500L)));
    namesakes.over(List.of(beaten(BEAT.plusSeconds(5), Duration.ZERO)));

    for (int beat = 0; beat < 10; beat++) {
      assertThat(
              namesakes.over(List.of(beaten(BEAT.plusSeconds(5), Duration.ofSeconds(5L * beat)))))
          .isEmpty();
    }
  }

  /** A container that was restarted in its pod: nobody can tell whether the old one has ended. */
  @Test
  void a_process_that_misses_its_heartbeats_is_over_after_half_the_usual_silence() {
    namesakes.atStart(List.of(of(1, "boot-1 pid:[2]", 500L)));

    assertThat(namesakes.over(List.of(beaten(BEAT, Duration.ofSeconds(5))))).isEmpty();
    assertThat(namesakes.over(List.of(beaten(BEAT, Duration.ofSeconds(10))))).isEmpty();
    assertThat(namesakes.over(List.of(beaten(BEAT, Duration.ofSeconds(15))))).containsExactly(id);
    assertThat(namesakes.over(List.of())).isEmpty();
    assertThat(namesakes.areUndecided()).isFalse();
  }

  /** While the database is away nobody can beat: what is old then says nothing. */
  @Test
  void after_an_outage_a_worker_has_time_to_beat() {
    namesakes.atStart(List.of(of(1, "boot-1 pid:[2]", 500L)));

    assertThat(namesakes.over(List.of(beaten(BEAT, Duration.ofSeconds(40))))).isEmpty();
    assertThat(namesakes.over(List.of(beaten(BEAT.plusSeconds(41), Duration.ofSeconds(4)))))
        .isEmpty();
  }

  @Test
  void a_worker_of_a_version_that_says_nothing_of_its_machine_is_not_over_at_once() {
    assertThat(namesakes.atStart(List.of(of(1, null, null)))).isEmpty();
  }

  @Test
  void beside_the_only_worker_of_its_data_all_others_are_over() {
    assertThat(namesakes(true).atStart(List.of(of(2, null, null)))).containsExactly(id);
  }

  @Test
  void this_process_is_known_again() {
    long pid = ProcessHandle.current().pid();

    assertThat(ThisMachine.identity()).isEqualTo(ThisMachine.identity());
    assertThat(ThisMachine.started(pid)).isEqualTo(ThisMachine.started(pid));
    assertThat(ThisMachine.started(Integer.MAX_VALUE)).isEmpty();
  }

  private SameNodeWorker of(long pid, String machine, Long started) {
    return new SameNodeWorker(
        new WorkerProcess(id, "burnish-0", pid, machine, started), BEAT, Duration.ZERO);
  }

  private SameNodeWorker beaten(Instant at, Duration silence) {
    return new SameNodeWorker(
        new WorkerProcess(id, "burnish-0", 1, "boot-1 pid:[2]", 500L), at, silence);
  }

  /** Of this machine's processes, 1 started at tick 500 and 2 at 600. */
  private static SameNodeWorkers namesakes(boolean sole) {
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
