package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.fixtures.LongTexts;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker with the five fixed delays of the script that Burnish replaces, made short. */
@QuarkusTest
@TestProfile(FixedPacingTest.ByItself.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@QuarkusTestResource(
    value = GroqLikeProvider.class,
    restrictToAnnotatedClass = true,
    initArgs = {
      @ResourceArg(name = "latency", value = "10ms"),
      @ResourceArg(name = "headers", value = "off"),
      @ResourceArg(name = "burnish.quota.pacing", value = "fixed"),
      @ResourceArg(name = "burnish.quota.fixed.request", value = "60ms"),
      @ResourceArg(name = "burnish.quota.fixed.retry", value = "90ms"),
      @ResourceArg(name = "burnish.quota.fixed.model-switch", value = "120ms"),
      @ResourceArg(name = "burnish.quota.fixed.throttled", value = "150ms")
    })
class FixedPacingTest {

  private static final Duration BETWEEN_CALLS = Duration.ofMillis(60);

  Simulator simulator;

  /** An application of its own. */
  public static class ByItself implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("burnish.test", "fixed-pacing");
    }
  }

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
    simulator.reset();
  }

  @Test
  void calls_are_made_one_after_the_other_with_the_delay_between_them() {
    Scenario.given(LongTexts.discounts(60)).ended().assertCounts(60, 0);

    List<Instant> times = simulator.calls().stream().map(SimulatedCall::at).toList();
    assertThat(times).hasSizeGreaterThan(2);
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isGreaterThanOrEqualTo(BETWEEN_CALLS);
    }
  }

  @Test
  void refused_answers_and_limits_cost_nothing_but_their_delays() {
    ObjectNode stubborn = Discounts.readable("stubborn");

    Scenario.given(stubborn)
        .and(LongTexts.discounts(30))
        .onProvider(
            simulator, InjectedFault.THROTTLED, InjectedFault.BROKEN_JSON, InjectedFault.OVERLOADED)
        .onProvider(simulator, stubborn, InjectedFault.WRONG_CATEGORY)
        .ended()
        .assertCounts(30, 1);
  }
}
