package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Records of equal content are asked about once, and each is settled in a bounded number of steps.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class EqualContentTest {

  private static final int RECORDS = 3_000;

  Simulator simulator;
  @Inject MeterRegistry meters;

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void equal_records_cost_one_call_and_wait_at_most_once_each() {
    double waits = waits();

    Scenario.given(Discounts.equal(Discounts.readable("1"), RECORDS))
        .ended()
        .assertCounts(RECORDS, 0)
        .assertReused(RECORDS - 1);

    assertThat(simulator.calls()).hasSize(1);
    assertThat(waits() - waits).isLessThanOrEqualTo(RECORDS);
  }

  @Test
  void equal_records_whose_answer_is_known_do_not_wait() {
    ObjectNode known = Discounts.readable("1");
    Scenario.given(known).ended();
    double waits = waits();

    Scenario.given(Discounts.equal(known, RECORDS)).ended().assertReused(RECORDS);

    assertThat(simulator.calls()).hasSize(1);
    assertThat(waits() - waits).isZero();
  }

  private double waits() {
    return meters.find("burnish.parked.items").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
