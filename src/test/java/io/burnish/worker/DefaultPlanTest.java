package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.fixtures.LongTexts;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The worker as it runs in production: no plan is named, and the provider tells its limits, which
 * are thirty times those of the free plan.
 */
@QuarkusTest
@TestProfile(ProviderOdditiesTest.ShortCooldowns.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@WithTestResource(
    value = GroqLikeProvider.class,
    initArgs = {
      @ResourceArg(name = "limits", value = DefaultPlanTest.LIMITS),
      @ResourceArg(name = "latency", value = "20ms")
    })
class DefaultPlanTest {

  static final String LIMITS = "*=900/30000/240000/6000000";

  Simulator simulator;

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
    simulator.reset();
    Api.forgetModels();
  }

  @Test
  void a_batch_is_enhanced_within_the_limits_that_headers_tell() {
    Scenario.given(LongTexts.discounts(60)).ended().assertCounts(60, 0);

    assertThat(simulator.calls()).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
    assertThat(simulator.calls()).hasSizeLessThan(40);
  }

  /**
   * Defect H1: long records made the plan of a call larger than every limit, and all work stopped.
   */
  @Test
  void records_larger_than_the_limits_fail_and_the_usual_ones_behind_them_are_enhanced() {
    ObjectNode[] large =
        IntStream.range(0, 3)
            .mapToObj(i -> LongTexts.discount("large" + i, 1_200_000))
            .toArray(ObjectNode[]::new);

    Scenario.given(large).and(LongTexts.discounts(20)).ended().assertCounts(20, 3);
  }

  @Test
  void re_asks_of_another_model_and_of_halves_are_within_the_limits_too() {
    ObjectNode stubborn = Discounts.readable("stubborn");

    Scenario.given(stubborn)
        .and(LongTexts.discounts(20))
        .onProvider(simulator, stubborn, InjectedFault.WRONG_CATEGORY)
        .ended()
        .assertCounts(20, 1);

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
    assertThat(calls.stream().map(SimulatedCall::model).distinct()).hasSize(3);
  }

  @Test
  void equal_records_cost_one_call_under_limits_too() {
    Scenario.given(Discounts.equal(Discounts.readable("1"), 2_000)).ended().assertCounts(2_000, 0);

    assertThat(simulator.calls()).hasSize(1);
  }
}
