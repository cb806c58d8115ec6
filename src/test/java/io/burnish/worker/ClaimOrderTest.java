package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelReset;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of calls where a claim has more items than there are calls at a time. */
@QuarkusTest
@TestProfile(OneCallAtATime.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ClaimOrderTest {

  private static final int RECORDS = 80;

  Simulator simulator;
  @Inject ModelChain chain;
  @Inject ModelReset reset;
  @Inject Sql sql;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.empty(sql, "job");
    chain.models().forEach(reset::reset);
    simulator.clear();
  }

  @Test
  void a_record_for_another_model_does_not_wait_until_nothing_else_is_left() {
    ObjectNode difficult = Discounts.readable("0");
    String title = difficult.path("title").asText();

    Scenario.given(difficult)
        .and(RECORDS - 1)
        .onProvider(simulator, difficult, InjectedFault.BROKEN_JSON)
        .ended()
        .assertCounts(RECORDS - 1, 1);

    List<SimulatedCall> calls = simulator.calls();
    int firstElsewhere = calls.stream().map(SimulatedCall::model).toList().indexOf("simulated/two");
    assertThat(calls.subList(firstElsewhere, calls.size()))
        .as("calls from the first to another model on")
        .anySatisfy(call -> assertThat(call.records().get(0)).doesNotContain(title));
  }
}
