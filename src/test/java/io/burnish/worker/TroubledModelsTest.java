package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
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
import java.util.Map;
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
    Statements.run(sql, "TRUNCATE job CASCADE");
    statuses.all().forEach(condition -> reset.reset(condition.model()));
    simulator.clear();
  }

  @Test
  void a_pack_that_is_too_large_is_halved_until_it_fits_and_costs_no_attempt() {
    Scenario.given(4)
        .onProvider(
            simulator, InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE)
        .ended()
        .assertCounts(4, 0);

    assertThat(simulator.calls())
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain("problems"));
    assertThat(simulator.calls().get(3).records()).hasSizeLessThan(4);
  }

  @Test
  void a_key_that_is_refused_holds_everything_back_until_it_is_accepted_again() {
    Scenario.given(2)
        .onProvider(simulator, InjectedFault.KEY_REFUSED, InjectedFault.KEY_REFUSED)
        .ended()
        .assertOutcome("succeeded");

    assertThat(simulator.calls()).noneMatch(c -> c.records().get(0).contains("problems"));
  }

  @Test
  void a_decommissioned_model_is_dropped_for_good_and_the_next_answers() {
    simulator.whenCalled("simulated/one", InjectedFault.DECOMMISSIONED);

    Scenario.given(1).ended().assertOutcome("succeeded");
    Scenario.given(1).ended().assertOutcome("succeeded");

    assertThat(simulator.calls())
        .extracting(SimulatedCall::model)
        .containsExactly("simulated/one", "simulated/two", "simulated/two");
    assertThat(statuses.decommissioned()).containsExactly("simulated/one");
  }

  @Test
  void an_unknown_model_is_left_out_until_it_is_known() {
    simulator.whenCalled("simulated/one", InjectedFault.MODEL_NOT_FOUND);

    Scenario.given(1).ended().assertOutcome("succeeded");

    assertThat(statuses.decommissioned()).doesNotContain("simulated/one");
    assertThat(statuses.blocked()).containsExactly("simulated/one");
  }

  @Test
  void a_model_that_is_throttled_for_long_rests_and_the_next_answers() {
    simulator.whenCalled("simulated/one", InjectedFault.THROTTLED_FOR_LONG);

    PostedJob job = Scenario.given(2).ended().assertOutcome("succeeded");

    assertThat(job.view().getMap("models")).containsKey("simulated/two");
    assertThat(statuses.all())
        .filteredOn(condition -> condition.model().equals("simulated/one"))
        .singleElement()
        .satisfies(one -> assertThat(one.cooldownUntil()).isPresent());
  }

  @Test
  void when_every_model_is_throttled_the_record_waits_and_the_job_says_so() {
    chain.models().forEach(model -> simulator.whenCalled(model, InjectedFault.THROTTLED_FOR_LONG));

    JsonPath job = Scenario.given(1).post().waitingFor("quota").view();

    assertThat(job.getString("state")).isEqualTo("running");
    assertThat(job.getInt("counts.failed")).isZero();
    assertThat(job.getInt("counts.pending")).isEqualTo(1);
  }
}
