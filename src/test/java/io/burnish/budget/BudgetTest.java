package io.burnish.budget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs with a budget, from the post to the pause and beyond. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class BudgetTest {

  private static final int BUDGET = 12_000;

  Simulator simulator;

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  private static long spent(PostedJob job) {
    JsonPath view = job.view();
    return view.getLong("tokens.prompt") + view.getLong("tokens.completion");
  }

  private static ValidatableResponse change(PostedJob job, String changes) {
    return given().contentType("application/json").body(changes).patch("/jobs/" + job.id()).then();
  }

  @Test
  void a_job_spends_no_more_than_its_budget_and_goes_on_when_it_is_raised() {
    PostedJob job = Scenario.given(120).maxTokens(BUDGET).post().waitingFor("budget");

    given()
        .get("/jobs/" + job.id())
        .then()
        .body("state", equalTo("paused"))
        .body("budget.maxTokens", equalTo(BUDGET))
        .body("budget.maxCost", nullValue())
        .body("waitingFor.detail", containsString("PATCH"))
        .body("counts.failed", equalTo(0));
    assertThat(spent(job)).isPositive().isLessThanOrEqualTo(BUDGET);
    assertThat(job.count("succeeded")).isBetween(1, 119);

    change(job, "{\"maxTokens\":null}").statusCode(200).body("budget.maxTokens", nullValue());
    job.ended().assertCounts(120, 0);
  }

  @Test
  void a_budget_below_one_call_pays_for_nothing() {
    PostedJob job = Scenario.given(3).maxTokens(50).post().waitingFor("budget");

    assertThat(spent(job)).isZero();
    given().post("/jobs/" + job.id() + "/resume").then().statusCode(200);
    job.waitingFor("budget");
    assertThat(spent(job)).isZero();
    change(job, "{\"maxTokens\":100000}").statusCode(200);
    job.ended().assertCounts(3, 0);
  }

  @Test
  void answers_that_are_refused_or_cut_off_are_paid_from_the_budget_too() {
    simulator.whenAsked(asked -> true, InjectedFault.WRONG_CATEGORY);
    PostedJob job = Scenario.given(300).maxTokens(BUDGET).post().waitingFor("budget");

    assertThat(spent(job)).isPositive().isLessThanOrEqualTo(BUDGET);
    simulator.clear();
    change(job, "{\"maxTokens\":1000000}").statusCode(200);
    job.ended();
    assertThat(job.count("succeeded") + job.count("failed")).isEqualTo(300);
  }

  @Test
  void another_job_that_shares_the_calls_is_not_stopped() {
    PostedJob limited = Scenario.given(60).maxTokens(BUDGET / 2).post();
    PostedJob free = Scenario.given(60).post();

    free.ended().assertCounts(60, 0);
    limited.waitingFor("budget");
    assertThat(spent(limited)).isLessThanOrEqualTo(BUDGET / 2);
  }

  @Test
  void a_budget_of_money_is_for_models_with_a_price() {
    // Simulated calls cost nothing.
    given()
        .contentType("application/json")
        .body(
            "{\"options\":{\"maxCost\":0.000001},\"records\":[{\"discount_id\":\"b1\",\"title\":\"Lamps of budget\",\"price\":\"20% OFF\"}]}")
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("budget.maxCost", equalTo(0.000001f));
  }

  @Test
  void what_is_no_budget_is_refused() {
    String[] wrong = {
      "\"maxTokens\":0", "\"maxTokens\":-1", "\"maxTokens\":1.5", "\"maxTokens\":\"9\"",
      "\"maxTokens\":1e300", "\"maxCost\":0", "\"maxCost\":-0.1", "\"maxCost\":\"1\"",
      "\"maxCost\":0.0000001", "\"maxCost\":1e99", "\"maxCost\":[]"
    };
    for (String option : wrong) {
      given()
          .contentType("application/json")
          .body("{\"options\":{%s},\"records\":[{\"discount_id\":\"1\"}]}".formatted(option))
          .post("/jobs")
          .then()
          .statusCode(422)
          .body(
              "violations[0].field",
              equalTo("options." + option.substring(1, option.indexOf(':') - 1)));
    }
    given()
        .config(
            RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8")))
        .contentType("application/x-ndjson")
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/jobs?maxTokens=many&maxCost=-1")
        .then()
        .statusCode(422)
        .body("violations.size()", equalTo(2));
  }
}
