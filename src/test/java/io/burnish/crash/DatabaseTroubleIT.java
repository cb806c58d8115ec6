package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import io.burnish.crash.Wire.Trap;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database dies, comes back, breaks its connections; the service lives on. */
class DatabaseTroubleIT {

  private static final Pattern TWELVE_MISSED_HEARTBEATS =
      Pattern.compile("(?s)(?:Heartbeat failed.*?){11}(Heartbeat failed)");

  private static final String KEPT =
      """
      SELECT count(*) FROM attempt a JOIN item i ON i.id = a.item_id JOIN provider_call c ON c.id = a.call_id
      WHERE i.job_id = ? AND c.raw_answer IS NOT NULL
      """;

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void killed_in_the_middle_of_a_flush_and_started_again() throws Exception {
    Replica replica = STAGE.start("a");
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofMillis(500));

    String job = replica.post(batch);
    STAGE.provider().untilInFlight(1);
    Hold hold = STAGE.database().hold(Environment.DATABASE, "LOCK TABLE item_result IN SHARE MODE");
    hold.untilBlocked(1);
    STAGE.provider().untilQuiet();
    STAGE.database().kill();
    Http.Answer away = Http.get(replica.url() + "/jobs/" + job);
    STAGE.database().startAgain();

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.contentType()).contains("application/problem+json");
    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  @Test
  @Tag("crash")
  void away_while_answers_come_in_and_they_are_kept_in_memory() throws Exception {
    Replica replica = STAGE.startTrusting("a", Map.of());
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofSeconds(3));

    String job = replica.post(batch);
    STAGE.provider().untilInFlight(batch.size());
    STAGE.database().kill();
    STAGE.provider().untilQuiet();
    STAGE.database().startAgain();

    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  @Test
  @Tag("crash")
  void away_for_longer_than_the_silence_and_nothing_is_asked_meanwhile() throws Exception {
    Replica replica = STAGE.start("a", Map.of("BURNISH_CONCURRENCY", "4"));
    Batch batch = Batch.of(40);
    STAGE.provider().answersTake(Duration.ofMillis(500));

    String job = replica.post(batch);
    STAGE.provider().untilInFlight(4);
    STAGE.database().kill();
    STAGE.provider().untilQuiet();
    int asked = STAGE.provider().asked(batch).size();
    // One heartbeat a second: twice the silence after which a worker counts as dead.
    replica.program().says(TWELVE_MISSED_HEARTBEATS);
    int askedMeanwhile = STAGE.provider().asked(batch).size() - asked;
    STAGE.database().startAgain();

    assertThat(askedMeanwhile).isZero();
    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  @Test
  void the_acknowledgement_of_a_completion_is_lost_and_it_counts_once() throws Exception {
    try (Wire wire = new Wire(STAGE.database().port())) {
      acknowledgement_lost(wire, "DELETE FROM in_flight");
    }
  }

  @Test
  @Tag("crash")
  void the_acknowledgement_of_an_answer_is_lost_and_it_is_kept_once() throws Exception {
    try (Wire wire = new Wire(STAGE.database().port())) {
      acknowledgement_lost(wire, "INSERT INTO provider_call");
    }
  }

  @Test
  @Tag("crash")
  void the_acknowledgement_of_a_claim_is_lost_and_nothing_is_forgotten() throws Exception {
    try (Wire wire = new Wire(STAGE.database().port())) {
      acknowledgement_lost(wire, "FOR UPDATE SKIP LOCKED) x");
    }
  }

  private void acknowledgement_lost(Wire wire, String statement) throws Exception {
    Replica replica = STAGE.start("a", Map.of("QUARKUS_DATASOURCE_JDBC_URL", wire.url()));
    Batch batch = Batch.of(30);

    Trap trap = wire.loseAcknowledgement(statement, Wire.Then.CUT);
    String job = replica.post(batch);
    trap.untilLost();

    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  @Tag("crash")
  @Test
  void connections_are_cut_at_random() throws Exception {
    Replica replica = STAGE.start("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(200);
    STAGE.provider().answersTake(Duration.ofMillis(100));

    String job = replica.post(batch);
    int cut = 0;
    for (long before = decided(job); before < batch.size() / 2; before = decided(job)) {
      cut += cut();
      // Only once it goes on: a storm without end would show nothing.
      long soFar = before;
      await().until(() -> decided(job) > soFar);
    }

    assertThat(cut).isPositive();
    Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
  }

  /** Ends some sessions of the service, whatever they are doing; how many. */
  private static int cut() {
    return (int)
        STAGE
            .database()
            .number(
                Environment.DATABASE,
                """
                SELECT count(pg_terminate_backend(pid)) FROM (
                  SELECT pid FROM pg_stat_activity
                  WHERE datname = current_database() AND application_name = 'PostgreSQL JDBC Driver'
                  ORDER BY random() LIMIT 3) x
                """);
  }

  @Test
  @Tag("crash")
  void the_server_is_gone_without_a_word_and_another_takes_over() throws Exception {
    try (Wire wire = new Wire(STAGE.database().port())) {
      Replica replica =
          STAGE.start(
              "a",
              Map.of(
                  "QUARKUS_DATASOURCE_JDBC_URL",
                  wire.url() + "&socketTimeout=5",
                  "BURNISH_CONCURRENCY",
                  "8"));
      Batch batch = Batch.of(60);
      STAGE.provider().answersTake(Duration.ofMillis(300));

      String job = replica.post(batch);
      await().until(() -> kept(job) >= 8);
      wire.goSilent();

      Invariants.isWhole(STAGE, replica, new Posted(batch, job), batch.size());
    }
  }

  private static long kept(String job) {
    return STAGE.database().number(Environment.DATABASE, KEPT, UUID.fromString(job));
  }

  private static long decided(String job) {
    return STAGE
        .database()
        .number(
            Environment.DATABASE,
            "SELECT count(*) FROM item WHERE job_id = ? AND state = 'succeeded'",
            UUID.fromString(job));
  }
}
