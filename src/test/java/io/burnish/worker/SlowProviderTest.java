package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that take longer than the time limit: some by their size, some by their record. */
@QuarkusTest
@TestProfile(SlowProviderTest.ShortTimeLimit.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@QuarkusTestResource(
    value = GroqLikeProvider.class,
    restrictToAnnotatedClass = true,
    initArgs = {
      @ResourceArg(name = "limits", value = "*=900/30000/240000/6000000"),
      @ResourceArg(name = "slow", value = "20s")
    })
class SlowProviderTest {

  Simulator simulator;

  /** A second for a call. */
  public static class ShortTimeLimit implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.fault-tolerance.\"io.burnish.models.ChatGateway/complete\".timeout.value", "1");
    }
  }

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
    simulator.change(simulator.settings().with("slow-above", "0"));
    simulator.reset();
  }

  @Tag("slow")
  @Test
  void packs_that_time_out_are_halved_until_they_are_answered() {
    simulator.change(simulator.settings().with("slow-above", "4"));

    PostedJob job = Scenario.given(160).ended().assertCounts(160, 0);

    assertThat(job.calls()).isLessThanOrEqualTo(160);
  }

  @Test
  void a_record_that_times_out_alone_three_times_fails_and_the_others_are_enhanced() {
    ObjectNode slow = Discounts.readable("slow");

    PostedJob job =
        Scenario.given(slow)
            .and(31)
            .onProvider(simulator, slow, InjectedFault.SLOW)
            .ended()
            .assertCounts(31, 1);

    assertThat(job.errors().get(0)).containsIgnoringCase("time");
    // By the ledger: the simulator does not count calls that were given up.
    assertThat(job.calls()).isLessThanOrEqualTo(20);
  }

  @Test
  void a_body_that_trickles_ends_at_the_time_limit() {
    Scenario.given(4).onProvider(simulator, InjectedFault.TRICKLE).ended().assertCounts(4, 0);
  }
}
