package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.simulator.SimulatedCall;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The worker as it runs in production: no plan is named, and the provider tells its limits, which
 * are thirty times those of the free plan.
 */
@QuarkusTest
@TestProfile(DefaultPlanTest.ByItself.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@QuarkusTestResource(
    value = GroqLikeProvider.class,
    restrictToAnnotatedClass = true,
    initArgs = {
      @ResourceArg(name = "limits", value = DefaultPlanTest.LIMITS),
      @ResourceArg(name = "latency", value = "20ms")
    })
class DefaultPlanTest {

  static final String LIMITS = "*=900/30000/240000/6000000";

  Simulator simulator;

  /** An application of its own, so that no other test's resources are in it. */
  public static class ByItself implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("burnish.test", "default-plan");
    }
  }

  @BeforeEach
  void the_provider_behaves() {
    simulator.clear();
    simulator.reset();
  }

  @Test
  void a_batch_is_enhanced_within_the_limits_that_headers_tell() {
    ObjectNode[] records = LongTexts.discounts(60);

    JsonPath job = Api.ended(Api.post(Discounts.list(records)));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(60);
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
    ObjectNode[] usual = LongTexts.discounts(20);

    JsonPath job =
        Api.ended(
            Api.post(
                Discounts.list(
                    Stream.concat(Arrays.stream(large), Arrays.stream(usual))
                        .toArray(ObjectNode[]::new))));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(20);
    assertThat(job.getInt("counts.failed")).isEqualTo(3);
  }

  @Test
  void re_asks_of_another_model_and_of_halves_are_within_the_limits_too() {
    ObjectNode stubborn = Discounts.readable("stubborn");
    String title = stubborn.path("title").asText();
    simulator.whenAsked(record -> record.contains(title), InjectedFault.WRONG_CATEGORY);
    ObjectNode[] records =
        Stream.concat(Stream.of(stubborn), Arrays.stream(LongTexts.discounts(20)))
            .toArray(ObjectNode[]::new);

    JsonPath job = Api.ended(Api.post(Discounts.list(records)));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(20);
    assertThat(job.getInt("counts.failed")).isEqualTo(1);
    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
    assertThat(calls.stream().map(SimulatedCall::model).distinct()).hasSize(3);
  }

  @Test
  void equal_records_cost_one_call_under_limits_too() {
    ObjectNode[] equal = new ObjectNode[2_000];
    Arrays.fill(equal, Discounts.readable("1"));

    JsonPath job = Api.ended(Api.post(Discounts.list(equal)));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(2_000);
    assertThat(simulator.calls()).hasSize(1);
  }
}
