package io.burnish.api.view;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica without a worker tells what work waits for, as the others left it in the database. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ApiOnlyTest {

  @Inject Sql sql;

  @AfterEach
  void all_models_can_be_called() {
    run("UPDATE model_quota SET paused_until = NULL, pause_reason = NULL, rpd_level = rpd_limit");
  }

  @Test
  void a_job_waits_for_nothing_while_a_model_can_be_called() {
    run(
        "UPDATE model_quota SET paused_until = clock_timestamp() + interval '1 hour' WHERE id ="
            + " (SELECT min(id) FROM model_quota)");

    assertThat(job().getString("waitingFor.reason")).isNull();
  }

  @Test
  void a_job_waits_for_the_pause_of_all_models() {
    run(
        "UPDATE model_quota SET paused_until = clock_timestamp() + interval '1 hour', pause_reason = 'a long wait'");

    JsonPath job = job();

    assertThat(job.getString("waitingFor.reason")).isEqualTo("quota");
    assertThat(job.getString("waitingFor.detail")).contains("a long wait");
    assertThat(job.getString("waitingFor.until")).isNotBlank();
  }

  @Test
  void a_job_waits_for_limits_that_are_used_up() {
    run("UPDATE model_quota SET rpd_level = -1, refilled_at = clock_timestamp()");

    assertThat(job().getString("waitingFor.reason")).isEqualTo("quota");
    assertThat(job().getString("waitingFor.detail")).contains("RPD");
  }

  private static JsonPath job() {
    return Api.job(Api.post(Discounts.list(Discounts.readable("1"))));
  }

  private void run(String statement) {
    int changed = Statements.change(sql, statement);
    assertThat(changed).as(statement).isPositive();
  }
}
