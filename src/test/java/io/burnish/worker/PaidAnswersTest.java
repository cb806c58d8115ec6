package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job costs what the provider charged, also for answers that were refused. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class PaidAnswersTest {

  Simulator simulator;

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"TRUNCATED", "EMPTY", "BROKEN_JSON"})
  void a_job_counts_the_tokens_of_refused_answers_too(InjectedFault wrong) {
    JsonPath job = Scenario.given(1).onProvider(simulator, wrong).ended().view();

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).hasSize(2);
    assertThat(job.getInt("tokens.prompt"))
        .isEqualTo(calls.stream().mapToInt(call -> call.usage().prompt()).sum());
    assertThat(job.getInt("tokens.completion"))
        .isEqualTo(calls.stream().mapToInt(call -> call.usage().completion()).sum());
  }
}
