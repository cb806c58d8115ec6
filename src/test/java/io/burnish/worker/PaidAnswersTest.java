package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.simulator.SimulatedCall;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job says it cost is what the provider charged, good answers or not. */
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
  void a_job_counts_the_tokens_of_answers_that_were_no_good(InjectedFault wrong) {
    simulator.next(wrong);

    String id = Api.post(Discounts.list(Discounts.readable("1")));

    JsonPath job = Api.ended(id);
    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).hasSize(2);
    assertThat(job.getInt("tokens.prompt"))
        .isEqualTo(calls.stream().mapToInt(call -> call.usage().prompt()).sum());
    assertThat(job.getInt("tokens.completion"))
        .isEqualTo(calls.stream().mapToInt(call -> call.usage().completion()).sum());
  }
}
