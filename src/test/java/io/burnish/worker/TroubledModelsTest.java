package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelReset;
import io.burnish.models.health.ModelStatuses;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models in a long cooldown, or decommissioned. Each test begins with none of that. */
@QuarkusTest
@TestProfile(OneCallAtATime.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class TroubledModelsTest {

  Simulator simulator;
  @Inject ModelChain chain;
  @Inject ModelStatuses statuses;
  @Inject ModelReset reset;
  @Inject Sql sql;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    // A job that waits for a model would be worked on as soon as the model is well.
    Statements.empty(sql, "job");
    statuses.all().forEach(condition -> reset.reset(condition.model()));
    simulator.clear();
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

    assertThat(job.getString("state")).isIn("queued", "running");
    assertThat(job.getInt("counts.failed")).isZero();
    assertThat(job.getInt("counts.pending")).isEqualTo(1);
  }
}
