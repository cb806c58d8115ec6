package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Invariants.Posted;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Replicas whose clocks are wrong; only the database's counts for anything that is stored. */
@Tag("crash")
class ClockIT {

  private static final Duration WRONG = Duration.ofMinutes(5);

  private static final String STORED_OUTSIDE =
      """
      SELECT count(*) FROM (
        SELECT created_at AS at FROM job UNION ALL SELECT started_at FROM job UNION ALL SELECT finished_at FROM job
        UNION ALL SELECT at FROM provider_call UNION ALL SELECT at FROM enhancement
        UNION ALL SELECT started_at FROM worker UNION ALL SELECT heartbeat_at FROM worker) x
      WHERE at NOT BETWEEN ? AND clock_timestamp()
      """;

  @TempDir static Path directory;

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void five_minutes_fast_and_five_minutes_slow_do_not_matter() throws Exception {
    Path skewed = skewedClock();
    Timestamp begun = Timestamp.from(Instant.now());
    Replica fast = STAGE.start("a", clock(skewed, WRONG));
    Replica slow = STAGE.start("b", clock(skewed, WRONG.negated()));
    Batch batch = Batch.of(60);
    STAGE.provider().answersTake(Duration.ofMillis(500));

    String job = fast.post(batch);
    await().until(() -> held(fast) > 0 && held(slow) > 0);
    fast.kill();
    int lost = held(fast);
    STAGE.provider().answersTake(Duration.ZERO);

    Invariants.isWhole(STAGE, slow, new Posted(batch, job), batch.size() + lost);
    assertThat(offOf(fast)).isGreaterThan(WRONG.minusMinutes(2));
    assertThat(offOf(slow)).isLessThan(WRONG.negated().plusMinutes(2));
    assertThat(STAGE.database().number(Environment.DATABASE, STORED_OUTSIDE, begun)).isZero();
  }

  private static Map<String, String> clock(Path skewed, Duration wrong) {
    return Map.of(
        "LD_PRELOAD", skewed.toString(),
        "BURNISH_TEST_SKEW_SECONDS", Long.toString(wrong.toSeconds()),
        "BURNISH_CONCURRENCY", "8");
  }

  /** How far its clock is off, by the first line of its log. */
  private static Duration offOf(Replica replica) {
    String first = replica.program().output().lines().findFirst().orElseThrow();
    LocalDateTime said = LocalDateTime.parse(first.substring(0, 19).replace(' ', 'T'));
    Instant truly = replica.program().started();
    return Duration.between(truly, said.atZone(ZoneId.systemDefault()).toInstant());
  }

  private static int held(Replica replica) {
    return (int)
        STAGE
            .database()
            .number(
                Environment.DATABASE,
                "SELECT count(*) FROM item WHERE worker_id = ? AND state = 'running'",
                UUID.fromString(replica.worker()));
  }

  /** Needs Linux and a C compiler; without them there is nothing to see. */
  private static Path skewedClock() throws Exception {
    Path source = directory.resolve("skewed-clock.c");
    Path library = directory.resolve("skewed-clock.so");
    try (InputStream text = ClockIT.class.getResourceAsStream("skewed-clock.c")) {
      Files.copy(text, source);
    }
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assumeThat(Path.of("/usr/bin/cc")).as("a C compiler").exists();
    Process compiler =
        new ProcessBuilder(
                "/usr/bin/cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
            .inheritIO()
            .start();
    assumeThat(compiler.waitFor()).as("status of the compiler").isZero();
    return library;
  }
}
