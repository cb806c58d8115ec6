package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Invariants.Posted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Starts on databases that are unavailable, unusable or empty. */
class StartIT {

  private static final Pattern WAITS =
      Pattern.compile("(WARN .* is unavailable: .*Retry every second)");

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  @Tag("crash")
  void waits_for_a_database_that_is_away_and_starts_when_it_is_there() throws Exception {
    STAGE.database().kill();

    Replica early = STAGE.launch("a", Map.of());
    early.program().says(WAITS);
    STAGE.database().startAgain();

    early.untilUp();
    assertThat(Http.get(early.url() + "/q/health/ready").status()).isEqualTo(200);
  }

  @Test
  @Tag("crash")
  void gives_up_with_one_sentence_when_the_database_stays_away() throws Exception {
    Replica alone =
        STAGE.launch(
            "a",
            Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:1/burnish?password=secret",
                "BURNISH_DATABASE_WAIT_AT_START",
                "3s"));

    assertThat(alone.program().ended()).isEqualTo(1);
    assertThat(alone.program().output())
        .contains("127.0.0.1:1/burnish was still unavailable after 3 s")
        .doesNotContain("secret", "\tat ");
  }

  @Test
  @Tag("crash")
  void a_database_that_does_not_exist_or_has_another_encoding_ends_it_at_once() throws Exception {
    STAGE
        .database()
        .run(
            "postgres",
            "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    Replica nowhere = onDatabase("nothing");
    Replica latin = onDatabase("latin");

    assertThat(nowhere.program().ended()).isEqualTo(1);
    assertThat(nowhere.program().output())
        .contains("database \"nothing\" does not exist")
        .doesNotContain("\tat ", "is unavailable");
    assertThat(latin.program().ended()).isEqualTo(1);
    assertThat(latin.program().output())
        .contains("encoding LATIN1", "ENCODING 'UTF8' TEMPLATE template0")
        .doesNotContain("\tat ");
  }

  @Test
  @Tag("crash")
  void a_database_of_an_unreleased_version_ends_it_at_once() throws Exception {
    STAGE.database().create("unreleased");
    STAGE
        .database()
        .run(
            "unreleased",
            """
            CREATE TABLE flyway_schema_history (version text, script text);
            INSERT INTO flyway_schema_history VALUES ('1', 'V1__create_jobs.sql')
            """);

    Replica replica = onDatabase("unreleased");

    assertThat(replica.program().ended()).isEqualTo(1);
    assertThat(replica.program().output())
        .contains("/unreleased holds tables of an unreleased version of Burnish")
        .doesNotContain("\tat ");
  }

  private static Replica onDatabase(String name) throws Exception {
    return STAGE.launch(
        "a", Map.of("QUARKUS_DATASOURCE_JDBC_URL", Database.url(STAGE.database().port(), name)));
  }

  @Test
  @Tag("crash")
  void three_replicas_start_at_once_on_an_empty_database() throws Exception {
    STAGE.database().create("empty");
    String url = Database.url(STAGE.database().port(), "empty");
    List<Replica> replicas =
        List.of(
            STAGE.launch("a", Map.of("QUARKUS_DATASOURCE_JDBC_URL", url)),
            STAGE.launch("b", Map.of("QUARKUS_DATASOURCE_JDBC_URL", url)),
            STAGE.launch("c", Map.of("QUARKUS_DATASOURCE_JDBC_URL", url)));

    replicas.forEach(Replica::untilUp);

    Batch batch = Batch.of(20);
    String job = replicas.get(0).post(batch);
    replicas.get(2).untilEnded(job);
    assertThat(replicas.get(1).resultTitles(job)).hasSize(20);
  }

  /** As two containers are: the second can't tell whether the process of the first has ended. */
  @Test
  @Tag("crash")
  void nothing_is_taken_from_a_living_worker_of_the_same_name() throws Exception {
    Replica first = STAGE.start("twin", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(40);
    STAGE.provider().answersTake(Duration.ofSeconds(4));
    String job = first.post(batch);
    STAGE.provider().untilInFlight(8);
    STAGE
        .database()
        .run(
            Environment.DATABASE,
            "UPDATE worker SET machine = 'another', pid = 1, process_started = 1");

    Replica second = STAGE.start("twin", Map.of("BURNISH_CONCURRENCY", "8"));
    second.program().says(Pattern.compile("(The name \"twin\" .* is used by another worker too)"));
    STAGE.provider().answersTake(Duration.ZERO);

    Invariants.isWhole(STAGE, second, new Posted(batch, job), batch.size());
    assertThat(first.stale()).isZero();
  }

  /** The container was restarted in its pod: other process ids, and no way to ask for the old. */
  @Test
  @Tag("crash")
  void a_former_life_in_another_container_is_over_once_it_misses_its_heartbeats() throws Exception {
    Replica former =
        STAGE.start("pod", Map.of("BURNISH_CONCURRENCY", "8", "BURNISH_WORKER_SILENCE", "60s"));
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofSeconds(20));
    String job = former.post(batch);
    STAGE.provider().untilInFlight(8);
    former.kill();
    STAGE
        .database()
        .run(
            Environment.DATABASE,
            "UPDATE worker SET machine = 'another', pid = 1, process_started = 1");
    STAGE.provider().answersTake(Duration.ZERO);

    Replica next = STAGE.start("pod", Map.of("BURNISH_WORKER_SILENCE", "60s"));

    await()
        .atMost(Duration.ofSeconds(50))
        .until(
            () ->
                STAGE
                        .database()
                        .number(
                            Environment.DATABASE,
                            "SELECT count(*) FROM item WHERE state = 'running' AND worker_id = ?",
                            UUID.fromString(former.worker()))
                    == 0);
    Invariants.isWhole(STAGE, next, new Posted(batch, job), batch.size() + 8);
  }

  @Test
  @Tag("crash")
  void after_a_failover_to_a_read_only_server_nothing_is_paid_twice() throws Exception {
    Replica replica = STAGE.start("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(60);
    STAGE.provider().answersTake(Duration.ofMillis(500));
    String job = replica.post(batch);
    STAGE.provider().untilInFlight(8);

    readOnly("SET default_transaction_read_only = on");
    await().until(() -> Http.get(replica.url() + "/q/health/ready").status() == 503);
    assertThat(Http.send("POST", replica.url() + "/jobs", "[1]").status()).isEqualTo(503);
    STAGE.provider().untilQuiet();
    // Sessions that were opened meanwhile stay read-only: they must be renewed.
    STAGE.database().run("postgres", "ALTER DATABASE burnish RESET default_transaction_read_only");

    await().until(() -> Http.get(replica.url() + "/q/health/ready").status() == 200);
    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  private static void readOnly(String setting) throws Exception {
    STAGE.database().run("postgres", "ALTER DATABASE burnish " + setting);
    STAGE
        .database()
        .run(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'burnish'");
  }
}
