package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelReset;
import io.burnish.models.ModelStatuses;
import io.burnish.simulator.SimulatedCall;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models in a long cooldown, or decommissioned. Each test begins with none of that. */
@QuarkusTest
@TestProfile(TroubledModelsTest.FiveModels.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class TroubledModelsTest {

  Simulator simulator;
  @Inject ModelChain chain;
  @Inject ModelStatuses statuses;
  @Inject ModelReset reset;
  @Inject Sql sql;

  /** Five models, so that some can go; an account that is asked again soon. */
  public static class FiveModels implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "burnish.models.preference", "one,two,three,four,five",
          "burnish.models.outage-rest", "300ms",
          // One call at a time: a plan for another would hold the trial calls that a model has
          // which was just reset, and a fallback in that moment would pass it over.
          "burnish.worker.concurrency", "1",
          // What a test resets, the watch of the other replicas' resets repeats so much later.
          "burnish.models.refresh", "50ms");
    }
  }

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    // A job that waits for a model would be worked on as soon as the model is well.
    sql.run(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute("TRUNCATE job CASCADE");
          }
        });
    statuses.all().forEach(condition -> reset.reset(condition.model()));
    simulator.clear();
  }

  @Test
  void a_pack_that_is_too_large_is_halved_until_it_fits_and_charges_nobody() {
    simulator.next(InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE);

    String id =
        Api.post(
            Discounts.list(
                Discounts.readable("1"),
                Discounts.readable("2"),
                Discounts.readable("3"),
                Discounts.readable("4")));

    assertThat(Api.ended(id).getInt("counts.succeeded")).isEqualTo(4);
    assertThat(simulator.calls())
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain("problems"));
    assertThat(simulator.calls().get(3).records()).hasSizeLessThan(4);
  }

  @Test
  void a_key_that_is_refused_holds_everything_back_until_it_is_accepted_again() {
    simulator.next(InjectedFault.KEY_REFUSED, InjectedFault.KEY_REFUSED);

    String id = Api.post(Discounts.list(Discounts.readable("1"), Discounts.readable("2")));

    JsonPath job = Api.ended(id);
    assertThat(job.getString("outcome")).isEqualTo("succeeded");
    assertThat(simulator.calls()).noneMatch(c -> c.records().get(0).contains("problems"));
  }

  @Test
  void a_decommissioned_model_is_dropped_for_good_and_the_next_answers() {
    simulator.whenCalled("simulated/one", InjectedFault.DECOMMISSIONED);

    String first = Api.post(Discounts.list(Discounts.readable("1")));
    assertThat(Api.ended(first).getString("outcome")).isEqualTo("succeeded");
    String second = Api.post(Discounts.list(Discounts.readable("1")));
    assertThat(Api.ended(second).getString("outcome")).isEqualTo("succeeded");

    assertThat(simulator.calls())
        .extracting(SimulatedCall::model)
        .containsExactly("simulated/one", "simulated/two", "simulated/two");
    assertThat(statuses.decommissioned()).containsExactly("simulated/one");
  }

  @Test
  void an_unknown_model_is_left_out_until_it_is_known() {
    simulator.whenCalled("simulated/one", InjectedFault.MODEL_NOT_FOUND);

    String id = Api.post(Discounts.list(Discounts.readable("1")));

    assertThat(Api.ended(id).getString("outcome")).isEqualTo("succeeded");
    assertThat(statuses.decommissioned()).doesNotContain("simulated/one");
    assertThat(statuses.blocked()).containsExactly("simulated/one");
  }

  @Test
  void a_model_that_is_throttled_for_long_rests_and_the_next_answers() {
    simulator.whenCalled("simulated/one", InjectedFault.THROTTLED_FOR_LONG);

    String id = Api.post(Discounts.list(Discounts.readable("1"), Discounts.readable("2")));

    JsonPath job = Api.ended(id);
    assertThat(job.getString("outcome")).isEqualTo("succeeded");
    assertThat(job.getMap("models")).containsKey("simulated/two");
    assertThat(statuses.all())
        .filteredOn(condition -> condition.model().equals("simulated/one"))
        .singleElement()
        .satisfies(one -> assertThat(one.cooldownUntil()).isPresent());
  }

  @Test
  void when_every_model_is_throttled_the_record_waits_and_the_job_says_so() {
    ObjectNode patient = Discounts.readable("1");
    chain.models().forEach(model -> simulator.whenCalled(model, InjectedFault.THROTTLED_FOR_LONG));

    String id = Api.post(Discounts.list(patient));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> "quota".equals(Api.now(id, "/waitingFor/reason")));
    JsonPath job = Api.job(id);
    assertThat(job.getString("state")).isEqualTo("running");
    assertThat(job.getInt("counts.failed")).isZero();
    assertThat(job.getInt("counts.pending")).isEqualTo(1);
  }
}
