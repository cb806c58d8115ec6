package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A retry sends the failed records of a job again, in the same job. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class RetryTest {

  Simulator simulator;

  @BeforeEach
  @AfterEach
  void forget() {
    simulator.reset();
    given().delete("/tracking");
  }

  private static ValidatableResponse retry(PostedJob job, String query) {
    return given().post("/jobs/" + job.id() + "/retry" + query).then().statusCode(200);
  }

  @Test
  void only_the_failed_records_are_sent_again() {
    ObjectNode hopeless = Discounts.readable("retry-1");
    PostedJob job =
        Scenario.given(hopeless, Discounts.empty("nothing"))
            .and(4)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended()
            .assertCounts(4, 2);
    simulator.reset();

    retry(job, "")
        .body("outcome", nullValue())
        .body("finishedAt", nullValue())
        .body("retries", equalTo(1))
        .body("counts.failed", equalTo(1));
    job.ended().assertCounts(5, 1);

    assertThat(job.failures().getList("code")).containsExactly("nothing_to_enhance");
    assertThat(Scenario.asked(simulator, hopeless)).isEqualTo(1);
    assertThat(simulator.calls()).hasSize(1);
    retry(job, "").body("retries", equalTo(1)).body("state", equalTo("completed"));
  }

  @Test
  void a_record_that_fails_again_has_only_the_attempts_of_the_retry_and_is_failed_again() {
    ObjectNode hopeless = Discounts.readable("retry-2");
    Scenario scenario =
        Scenario.given(hopeless).onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY);
    PostedJob job = scenario.ended().assertCounts(0, 1);
    int calls = job.calls();

    retry(job, "?code=" + job.failures().getString("[0].code"));
    job.ended().assertCounts(0, 1);

    assertThat(job.calls()).isEqualTo(2 * calls);
    assertThat(job.view().getInt("retries")).isEqualTo(1);
    scenario.ended().assertCounts(0, 1);
    assertThat(Scenario.asked(simulator, hopeless)).isEqualTo(2L * calls);
  }

  @Test
  void another_code_matches_nothing() {
    ObjectNode hopeless = Discounts.readable("retry-3");
    PostedJob job =
        Scenario.given(hopeless)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended();

    retry(job, "?code=no_such_code")
        .body("state", equalTo("completed"))
        .body("retries", equalTo(0));
  }

  @Test
  void a_rule_can_be_off_for_a_retry() {
    ObjectNode priced = Discounts.readable("retry-4");
    PostedJob job =
        Scenario.given(priced)
            .onProvider(simulator, priced, InjectedFault.PRICE_NOT_IN_TEXT)
            .ended()
            .assertCounts(0, 1);
    String rule = job.failures().getString("[0].code");

    retry(job, "?rulesOff=" + rule);
    job.ended().assertCounts(1, 0).assertOutcome("succeeded");

    assertThat(job.failures().getList("")).isEqualTo(List.of());
  }

  @Test
  void records_known_by_key_are_sent_again_too() {
    ObjectNode hopeless = Discounts.readable("retry-5");
    PostedJob job =
        Scenario.given(hopeless)
            .dedupe("id")
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended()
            .assertCounts(0, 1);
    simulator.reset();

    retry(job, "");

    job.ended().assertCounts(1, 0);
  }
}
