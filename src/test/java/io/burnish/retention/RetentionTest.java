package io.burnish.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    String old = Api.post(Discounts.list(lamp, Discounts.empty("2")));
    Api.ended(old);
    assertThat(count("SELECT count(*) FROM provider_call c WHERE id IN (%s)".formatted(CALLS), old))
        .isPositive();
    change("CREATE TABLE IF NOT EXISTS calls_of_old AS " + CALLS, old);
    String young = Api.post(Discounts.list(Discounts.readable("3")));
    Api.ended(young);
    age(old);

    schedule.purge();

    given().get("/jobs/" + old).then().statusCode(404);
    for (String table :
        new String[] {
          "item", "job_file", "job_progress", "job_file_progress", "job_model", "job_usage"
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
    assertThat(Api.get(young, "/results").getList("$")).hasSize(1);

    String again = Api.post(Discounts.list(lamp.deepCopy().put("discount_id", "4")));
    assertThat(Api.ended(again).getInt("counts.reused")).isEqualTo(1);
  }

  private static final String CALLS =
      "SELECT a.call_id FROM attempt a JOIN item i ON i.id = a.item_id WHERE i.job_id = ?";

  @Test
  void a_run_that_was_interrupted_is_continued_by_the_next() {
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
  void one_replica_at_a_time_does_a_step() throws SQLException {
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
  void old_raw_answers_are_deleted_and_results_are_kept() {
    String old = Api.post(Discounts.list(Discounts.readable("1")));
    String young = Api.post(Discounts.list(Discounts.readable("2")));
    Api.ended(old);
    Api.ended(young);
    change(
        "UPDATE provider_call SET at = at - interval '8 days' WHERE id IN (%s)".formatted(CALLS),
        old);

    schedule.purge();

    assertThat(rawAnswers(old)).isZero();
    assertThat(rawAnswers(young)).isPositive();
    assertThat(Api.get(old, "/results").getList("$")).hasSize(1);
  }

  @Test
  void raw_answers_about_an_undecided_record_are_kept() {
    String job = Api.post(Discounts.list(Discounts.readable("1")));
    Api.ended(job);
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
    sql.run(
        connection -> {
          try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, UUID.fromString(job));
            return prepared.executeUpdate();
          }
        });
  }

  private int count(String query, String job) {
    return sql.run(
        connection -> {
          try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.setObject(1, UUID.fromString(job));
            try (ResultSet row = prepared.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }
}
