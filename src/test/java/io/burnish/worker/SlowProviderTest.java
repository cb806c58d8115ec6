package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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

  @Test
  void packs_that_time_out_are_halved_until_they_are_answered() {
    simulator.change(simulator.settings().with("slow-above", "4"));

    JsonPath job = Api.ended(Api.post(Discounts.list(records(160))));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(160);
    assertThat(calls(job)).isLessThanOrEqualTo(160);
  }

  @Test
  void a_record_that_times_out_alone_three_times_fails_and_the_others_are_enhanced() {
    ObjectNode slow = Discounts.readable("slow");
    String title = slow.path("title").asText();
    simulator.whenAsked(record -> record.contains(title), InjectedFault.SLOW);

    JsonPath job =
        Api.ended(
            Api.post(
                Discounts.list(
                    Stream.concat(Stream.of(slow), Arrays.stream(records(31)))
                        .toArray(ObjectNode[]::new))));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(31);
    assertThat(job.getInt("counts.failed")).isEqualTo(1);
    assertThat(Api.get(job.getString("id"), "/failures").<String>getList("[0].errors"))
        .first()
        .satisfies(error -> assertThat(error).containsIgnoringCase("time"));
    assertThat(calls(job)).isLessThanOrEqualTo(20);
  }

  @Test
  void a_body_that_trickles_ends_at_the_time_limit() {
    simulator.next(InjectedFault.TRICKLE);

    JsonPath job = Api.ended(Api.post(Discounts.list(records(4))));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(4);
  }

  /** By the ledger: the simulator does not count calls that were given up. */
  private static int calls(JsonPath job) {
    return job.<Map<String, Map<String, Integer>>>get("models").values().stream()
        .mapToInt(model -> model.get("calls"))
        .sum();
  }

  private static ObjectNode[] records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Discounts.readable("" + i))
        .toArray(ObjectNode[]::new);
  }
}
