package io.burnish.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Retention of rows that the test makes older. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class RetentionTest {

  @Inject RetentionSchedule schedule;
  @Inject Retention retention;
  @Inject RetentionConfig config;
  @Inject Scheduler scheduler;
  @Inject Sql sql;
  @Inject DataSource dataSource;

  /** Before the first run, the scheduler answers with the time of the second one. */
  @Test
  void the_scheduler_runs_retention_at_the_interval_of_the_setting() {
    Trigger trigger = scheduler.getScheduledJob("retention");

    assertThat(Duration.between(Instant.now(), trigger.getNextFireTime()))
        .isBetween(Duration.ZERO, config.every().multipliedBy(2));
  }

  @Test
  void an_old_job_is_removed_with_its_dependent_rows_and_its_decisions_stay_tracked() {
    ObjectNode lamp = Discounts.readable("1");
    String old = Scenario.given(lamp, Discounts.empty("2")).ended().id();
    assertThat(count("SELECT count(*) FROM provider_call c WHERE id IN (%s)".formatted(CALLS), old))
        .isPositive();
    change("CREATE TABLE IF NOT EXISTS calls_of_old AS " + CALLS, old);
    PostedJob young = Scenario.given(1).ended();
    age(old);

    schedule.purge();

    given().get("/jobs/" + old).then().statusCode(404);
    for (String table :
        new String[] {
          "item",
          "job_file",
          "job_progress",
          "job_file_progress",
          "job_model",
          "job_usage",
          "job_file_usage"
        }) {
      assertThat(count("SELECT count(*) FROM " + table + " WHERE job_id = ?", old))
          .as(table)
          .isZero();
    }
    assertThat(count("SELECT count(*) FROM job WHERE id = ?", old)).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM provider_call WHERE id IN (SELECT call_id FROM calls_of_old) AND ?::uuid IS NOT NULL",
                old))
        .isZero();
    assertThat(young.results("$")).hasSize(1);

    Scenario.given(lamp.deepCopy().put("discount_id", "4")).ended().assertReused(1);
  }

  private static final String CALLS =
      "SELECT a.call_id FROM attempt a JOIN item i ON i.id = a.item_id WHERE i.job_id = ?";

  @Test
  void a_removal_that_is_interrupted_is_finished_by_the_next() {
    String job = Api.post("[1,2,3,4,5]");
    age(job);

    assertThat(retention.purgeJobs(Duration.ofDays(30), 2)).isTrue();

    assertThat(count("SELECT count(*) FROM item WHERE job_id = ?", job)).isEqualTo(3);
    given().get("/jobs/" + job).then().statusCode(404);
    given().get("/jobs/" + job + "/failures").then().statusCode(404);
    schedule.purge();
    assertThat(count("SELECT count(*) FROM item WHERE job_id = ?", job)).isZero();
    assertThat(count("SELECT count(*) FROM job WHERE id = ?", job)).isZero();
  }

  @Test
  void one_replica_at_a_time_removes() throws SQLException {
    String job = Api.post("[1]");
    age(job);

    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock =
          other.prepareStatement(
              "SELECT pg_advisory_xact_lock(hashtextextended('burnish.retention', 0))")) {
        lock.execute();
      }
      assertThat(retention.purgeJobs(Duration.ofDays(30), 10)).isFalse();
      other.rollback();
      other.setAutoCommit(true);
    }

    given().get("/jobs/" + job).then().statusCode(200);
    schedule.purge();
    given().get("/jobs/" + job).then().statusCode(404);
  }

  @Test
  void an_idempotency_key_is_free_once_its_job_is_removed() {
    String key = UUID.randomUUID().toString();
    String first = keyed(key, "[1]");
    age(first);
    schedule.purge();

    assertThat(keyed(key, "[2]")).isNotEqualTo(first);
  }

  @Test
  void what_a_model_wrote_is_forgotten_when_it_is_old_and_everything_else_is_kept() {
    String old = Scenario.given(1).ended().id();
    String young = Scenario.given(1).ended().id();
    change(
        "UPDATE provider_call SET at = at - interval '8 days' WHERE id IN (%s)".formatted(CALLS),
        old);

    schedule.purge();

    assertThat(rawAnswers(old)).isZero();
    assertThat(rawAnswers(young)).isPositive();
    assertThat(new PostedJob(old).results("$")).hasSize(1);
  }

  @Test
  void what_a_model_wrote_about_a_record_that_is_not_decided_is_kept() {
    String job = Scenario.given(1).ended().id();
    change(
        "UPDATE provider_call SET at = at - interval '8 days' WHERE id IN (%s)".formatted(CALLS),
        job);
    change(
        "UPDATE item SET state = 'waiting', due_at = clock_timestamp() + interval '1 day', wait_reason = 'backoff' WHERE job_id = ?",
        job);

    schedule.purge();

    assertThat(rawAnswers(job)).isPositive();
  }

  private int rawAnswers(String job) {
    return count(
        "SELECT count(*) FROM provider_call WHERE raw_answer IS NOT NULL AND id IN (%s)"
            .formatted(CALLS),
        job);
  }

  private static String keyed(String key, String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private void age(String job) {
    change("UPDATE job SET finished_at = finished_at - interval '31 days' WHERE id = ?", job);
  }

  private void change(String statement, String job) {
    Statements.change(sql, statement, UUID.fromString(job));
  }

  private int count(String query, String job) {
    return Statements.number(sql, query, UUID.fromString(job));
  }

  @Test
  void history_is_deleted_after_its_age_in_steps() {
    Statements.empty(sql, "job_minute");
    Statements.run(
        sql,
        """
        INSERT INTO job_minute (minute, job_id, model, version, succeeded, reused, failed)
        SELECT date_trunc('minute', now()) - days * interval '1 day' - interval '1 minute', gen_random_uuid(), 'm', 1, 1, 0, 0
        FROM generate_series(0, 9) AS days
        """);

    assertThat(retention.purgeHistory(Duration.ofDays(8), 1)).isTrue();
    assertThat(retention.purgeHistory(Duration.ofDays(8), 2)).isFalse();

    assertThat(Statements.number(sql, "SELECT count(*) FROM job_minute")).isEqualTo(8);
  }

  @Test
  void the_audit_is_deleted_after_its_age_in_steps() {
    Statements.empty(sql, "audit");
    Statements.run(
        sql,
        """
        INSERT INTO audit (at, who, role, owner, operation, address, source)
        SELECT now() - days * interval '1 day', 'w', 'admin', 'o', 'POST /jobs', '/jobs', '127.0.0.1'
        FROM generate_series(397, 402) AS days
        """);

    assertThat(config.audit()).isEqualTo(Duration.ofDays(400));
    assertThat(retention.purgeAudit(Duration.ofDays(400), 1)).isTrue();
    assertThat(Statements.number(sql, "SELECT count(*) FROM audit")).isEqualTo(5);
    schedule.purge();

    assertThat(Statements.number(sql, "SELECT count(*) FROM audit")).isEqualTo(3);
    assertThat(
            Statements.number(
                sql, "SELECT count(*) FROM audit WHERE at < now() - interval '400 days'"))
        .isZero();
  }
}
