package io.burnish.api.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service says of itself. No worker changes what is queued. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class StatusResourceTest {

  @Inject Sql sql;

  @ConfigProperty(name = "quarkus.application.version")
  String version;

  @BeforeEach
  void nothing_is_queued() {
    Statements.empty(sql, "job, job_minute, worker, provider_call, usage_minute");
  }

  @Test
  void without_work_all_is_zero() {
    JsonPath status = status();

    assertThat(status.getString("version")).isEqualTo(version);
    assertThat(status.getString("provider")).isEqualTo("simulated");
    assertThat(status.getString("auth")).isEqualTo("none");
    assertThat(status.getLong("uptimeSeconds")).isNotNegative();
    assertThat(Instant.parse(status.getString("startedAt"))).isBefore(Instant.now());
    assertThat(status.getList("replicas")).isEmpty();
    assertThat(status.getInt("queue.open")).isZero();
    assertThat(status.getInt("queue.ready")).isZero();
    assertThat(status.getBoolean("queue.estimated")).isFalse();
    assertThat(status.getList("queue.waits")).isEmpty();
    assertThat(status.getString("queue.oldestReadySeconds")).isNull();
    assertThat(status.getInt("queue.jobs.running")).isZero();
    assertThat(status.getDouble("throughput.day.perMinute")).isZero();
    assertThat(status.getString("throughput.day.successRate")).isNull();
    assertThat(status.getFloat("throughput.day.cost")).isZero();
    assertThat(status.getList("models.model"))
        .isEqualTo(given().get("/models").jsonPath().getList("model"));
  }

  private void called(String model, String ago) {
    Statements.run(
        sql,
        """
        INSERT INTO provider_call (id, model, outcome, http_status, prompt_tokens, completion_tokens, cached_tokens,
                                   latency_ms, at)
        VALUES (gen_random_uuid(), '%s', 'answered', 200, 1000000, 100000, 0, 1, clock_timestamp() - interval '%s')
        """
            .formatted(model, ago));
  }

  @Test
  void calls_cost_what_they_used_whether_their_minute_is_added_up_or_not() {
    // US$ 0.15 for a million prompt tokens, and 0.06 for a tenth of a million completion tokens.
    called("openai/gpt-oss-120b", "0 s");
    Statements.run(
        sql,
        """
        INSERT INTO usage_minute VALUES
          (date_trunc('minute', clock_timestamp() - interval '30 minutes'), 'openai/gpt-oss-120b', 9, 2000000, 0, 0),
          (date_trunc('minute', clock_timestamp() - interval '5 hours'), 'openai/gpt-oss-120b', 9, 4000000, 0, 4000000)
        """);

    JsonPath status = status();

    assertThat(status.getFloat("throughput.minute.cost")).isEqualTo(0.21f);
    assertThat(status.getFloat("throughput.hour.cost")).isEqualTo(0.51f);
    assertThat(status.getFloat("throughput.day.cost")).isEqualTo(0.81f);
  }

  @Test
  void the_cost_of_a_window_is_not_known_when_a_model_has_no_price() {
    called("another/model", "0 s");

    assertThat(status().getString("throughput.minute.cost")).isNull();
  }

  @Test
  void items_are_told_by_state_and_reason_and_jobs_by_state() {
    String running = post(6);
    String paused = post(4);
    post(1);
    Api.post("[7]");
    set(running, 0, "state = 'running', worker_id = gen_random_uuid()");
    set(running, 1, "state = 'waiting', wait_reason = 'quota', due_at = '2100-01-01T00:00:00Z'");
    set(running, 2, "state = 'waiting', wait_reason = 'quota', due_at = '2099-01-01T00:00:00Z'");
    set(running, 3, "state = 'waiting', wait_reason = 'reask', due_at = '2100-01-01T00:00:00Z'");
    set(running, 4, "state = 'succeeded'");
    decided(running, 1, 0);
    Statements.change(sql, "UPDATE job SET state = 'running' WHERE id = ?::uuid", running);
    Statements.change(sql, "UPDATE job SET state = 'paused' WHERE id = ?::uuid", paused);

    JsonPath queue = status();

    assertThat(queue.getInt("queue.open")).isEqualTo(10);
    assertThat(queue.getInt("queue.ready")).isEqualTo(6);
    assertThat(queue.getInt("queue.running")).isEqualTo(1);
    assertThat(queue.getInt("queue.waiting")).isEqualTo(3);
    assertThat(queue.getInt("queue.paused")).isEqualTo(4);
    assertThat(queue.getList("queue.waits.reason")).containsExactly("quota", "reask");
    assertThat(queue.getList("queue.waits.items")).containsExactly(2, 1);
    assertThat(queue.getString("queue.waits[0].until")).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(queue.getInt("queue.jobs.queued")).isEqualTo(1);
    assertThat(queue.getInt("queue.jobs.running")).isEqualTo(1);
    assertThat(queue.getInt("queue.jobs.paused")).isEqualTo(1);
  }

  @Test
  void the_oldest_job_with_a_ready_item_tells_the_age() {
    String oldest = post(1);
    String older = post(1);
    post(1);
    set(oldest, 0, "state = 'running', worker_id = gen_random_uuid()");
    age(oldest, 3_000);
    age(older, 1_000);

    assertThat(status().getDouble("queue.oldestReadySeconds")).isCloseTo(1_000, within(30.0));
  }

  private void age(String id, int seconds) {
    Statements.change(
        sql,
        "UPDATE job SET created_at = now() - ? * interval '1 second' WHERE id = ?::uuid",
        seconds,
        id);
  }

  @Test
  void more_waiting_items_than_are_counted_are_an_estimate() {
    String id = Api.post("[]");
    Statements.change(
        sql,
        """
        INSERT INTO item (job_id, seq, state, wait_reason, due_at)
        SELECT ?::uuid, seq, 'waiting', 'in_flight_elsewhere', '2100-01-01' FROM generate_series(0, 19999) AS seq
        """,
        id);
    Statements.change(
        sql,
        "UPDATE job SET state = 'running', outcome = NULL, finished_at = NULL, total = 20000 WHERE id = ?::uuid",
        id);

    JsonPath status = status();

    assertThat(status.getInt("queue.open")).isEqualTo(20_000);
    assertThat(status.getInt("queue.waiting")).isEqualTo(10_000);
    assertThat(status.getBoolean("queue.estimated")).isTrue();
  }

  @Test
  void workers_are_told_with_their_heartbeats() {
    UUID worker = UUID.randomUUID();
    Statements.change(
        sql,
        "INSERT INTO worker (id, node, started_at, heartbeat_at) VALUES (?, 'pod \"1\" ק', '2026-01-01T00:00:00Z', '2026-01-01T00:00:05.5Z')",
        worker);

    JsonPath status = status();

    assertThat(status.getList("replicas.worker")).containsExactly(worker.toString());
    assertThat(status.getString("replicas[0].node")).isEqualTo("pod \"1\" ק");
    assertThat(status.getString("replicas[0].startedAt")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(status.getString("replicas[0].heartbeatAt")).isEqualTo("2026-01-01T00:00:05.500Z");
  }

  @Test
  void throughput_is_of_the_last_minute_hour_and_day() {
    row(0, 60, 6, 0);
    row(30, 30, 0, 10);
    row(600, 0, 0, 100);
    row(2_000, 1_000, 0, 0);

    JsonPath status = status();

    assertThat(status.getInt("throughput.minute.succeeded")).isEqualTo(60);
    assertThat(status.getInt("throughput.minute.reused")).isEqualTo(6);
    assertThat(status.getDouble("throughput.minute.successRate")).isEqualTo(1);
    assertThat(status.getDouble("throughput.minute.perMinute")).isBetween(29.0, 61.0);
    assertThat(status.getInt("throughput.hour.succeeded")).isEqualTo(90);
    assertThat(status.getInt("throughput.hour.failed")).isEqualTo(10);
    assertThat(status.getDouble("throughput.hour.successRate")).isEqualTo(0.9, within(1e-6));
    assertThat(status.getInt("throughput.day.failed")).isEqualTo(110);
    assertThat(status.getDouble("throughput.day.successRate")).isEqualTo(0.45, within(1e-6));
  }

  private void row(int minutesAgo, int succeeded, int reused, int failed) {
    Statements.change(
        sql,
        """
        INSERT INTO job_minute (minute, job_id, model, version, succeeded, reused, failed)
        VALUES (date_trunc('minute', now()) - ? * interval '1 minute', gen_random_uuid(), 'm', 1, ?, ?, ?)
        """,
        minutesAgo,
        succeeded,
        reused,
        failed);
  }

  @Test
  void readers_within_a_second_get_the_same_answer() {
    JsonPath first = status();
    String at = first.getString("at");
    List<String> next =
        List.of(given().get("/status").path("at"), given().get("/status").path("at"));

    assertThat(next)
        .allMatch(time -> Duration.between(Instant.parse(at), Instant.parse(time)).toMillis() >= 0);
    assertThat(Duration.between(Instant.parse(next.get(0)), Instant.parse(next.get(1))).toMillis())
        .satisfiesAnyOf(
            millis -> assertThat(millis).isZero(),
            millis -> assertThat(millis).isGreaterThanOrEqualTo(900));
  }

  @Test
  void it_takes_no_parameters() {
    given().get("/status?x=1").then().statusCode(422).body("violations[0].field", equalTo("x"));
  }

  private void decided(String id, int succeeded, int failed) {
    Statements.change(
        sql,
        "INSERT INTO job_progress (job_id, version, succeeded, failed, reused) VALUES (?::uuid, 1, ?, ?, 0)",
        id,
        succeeded,
        failed);
  }

  private void set(String id, int seq, String change) {
    Statements.change(
        sql, "UPDATE item SET " + change + " WHERE job_id = ?::uuid AND seq = ?", id, seq);
  }

  private static String post(int items) {
    return Api.post(Discounts.list(Discounts.readable(items)));
  }

  /** The status once it is of a later moment than this call. */
  private JsonPath status() {
    Instant now = Instant.parse(given().get("/status").<String>path("at"));
    Instant asked =
        Instant.parse(
            Statements.one(
                sql,
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    assertThat(now).isBeforeOrEqualTo(asked);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> Instant.parse(given().get("/status").<String>path("at")).isAfter(asked));
    return given().get("/status").then().statusCode(200).extract().jsonPath();
  }
}
