package io.burnish.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.models.health.ModelStatuses;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls one question may cost, by the log of the simulator. */
@QuarkusTest
@TestProfile(ChatGatewayTest.TwoTries.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ChatGatewayTest {

  private static final String FIRST = "simulated/first";
  private static final String SECOND = "simulated/second";

  @Inject ChatGateway gateway;
  Simulator simulator;
  @Inject ModelChain chain;
  @Inject ModelStatuses statuses;
  @Inject ModelReset reset;
  @Inject ModelStateWatch watch;

  /** Two models, two tries each; the worker makes no calls. */
  public static class TwoTries implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "burnish.worker.enabled", "false",
          "burnish.models.preference", "first,second",
          "burnish.models.longest-rest", "1ms",
          "burnish.models.outage-rest", "1ms",
          "burnish.models.longest-absence", "1ms",
          "quarkus.fault-tolerance.\"io.burnish.models.ChatGateway/complete\".retry.max-retries",
              "1");
    }
  }

  @BeforeEach
  void nothing_is_known_of_the_models() {
    the_provider_behaves();
    chain.models().forEach(reset::reset);
    // Else the watch would repeat these resets later, in the middle of a test.
    watch.refresh();
  }

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
    overloadedFor("0s");
  }

  private void overloadedFor(String wait) {
    simulator.change(simulator.settings().with("overload-wait", wait));
  }

  @Test
  void an_error_that_stays_costs_the_tries_of_each_model_and_every_call_is_in_the_ledger() {
    simulator.whenCalled(FIRST, InjectedFault.SERVER_ERROR);
    simulator.whenCalled(SECOND, InjectedFault.SERVER_ERROR);
    ChatCall call = question(FIRST);

    ProviderFault fault = catchThrowableOfType(ProviderFault.class, () -> gateway.complete(call));

    assertThat(fault.kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(simulator.calls())
        .extracting(SimulatedCall::model)
        .containsExactly(FIRST, FIRST, SECOND, SECOND);
    assertThat(call.calls())
        .extracting(CallRecord::model)
        .containsExactly(FIRST, FIRST, SECOND, SECOND);
  }

  @Test
  void what_the_same_request_would_always_meet_is_not_tried_again() {
    simulator.whenCalled(FIRST, InjectedFault.KEY_REFUSED);

    catchThrowableOfType(ProviderFault.class, () -> gateway.complete(question(FIRST)));

    assertThat(simulator.calls()).hasSize(1);
  }

  @Test
  void a_model_whose_terms_are_not_accepted_is_left_to_the_next_until_it_answers() {
    simulator.whenCalled(FIRST, InjectedFault.TERMS_REQUIRED);
    ChatCall refused = question(FIRST);

    gateway.complete(refused);

    assertThat(refused.calls()).extracting(CallRecord::model).containsExactly(FIRST, SECOND);
    assertThat(statuses.blocked()).containsExactly(FIRST);
    assertThat(statuses.decommissioned()).isEmpty();
    simulator.clear();
    gateway.complete(question(FIRST));
    assertThat(statuses.blocked()).isEmpty();
  }

  @Test
  void a_short_wait_that_a_503_names_is_sat_out_before_the_second_try() {
    overloadedFor("1s");
    simulator.next(InjectedFault.OVERLOADED);
    ChatCall call = question(FIRST);

    gateway.complete(call);

    assertThat(call.calls()).extracting(CallRecord::model).containsExactly(FIRST, FIRST);
    assertThat(call.calls().get(0).fault())
        .hasValueSatisfying(fault -> assertThat(fault.waitTime()).contains(Duration.ofSeconds(1)));
    List<SimulatedCall> calls = simulator.calls();
    assertThat(Duration.between(calls.get(0).at(), calls.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_long_wait_that_a_503_names_is_left_to_the_next_model() {
    overloadedFor("10m");
    simulator.next(InjectedFault.OVERLOADED);
    ChatCall call = question(FIRST);

    gateway.complete(call);

    assertThat(call.calls()).extracting(CallRecord::model).containsExactly(FIRST, SECOND);
  }

  @Test
  void a_connection_that_the_peer_closes_as_it_is_used_again_is_opened_again_at_once() {
    gateway.complete(question(FIRST));
    simulator.next(InjectedFault.HANG_UP);
    ChatCall call = question(FIRST);

    gateway.complete(call);

    assertThat(call.calls()).extracting(CallRecord::model).containsExactly(FIRST, FIRST);
    assertThat(statuses.all().get(0).cooldownUntil()).isEmpty();
    assertThat(chain.isHealthy(FIRST)).isTrue();
  }

  @Test
  void a_model_that_hangs_up_is_called_twice_and_once_while_it_is_in_trouble() {
    simulator.whenCalled(FIRST, InjectedFault.HANG_UP);
    ChatCall call = question(FIRST);
    gateway.complete(call);
    assertThat(call.calls()).extracting(CallRecord::model).containsExactly(FIRST, FIRST, SECOND);

    ChatCall afterwards = question(FIRST);
    gateway.complete(afterwards);

    assertThat(afterwards.calls()).extracting(CallRecord::model).containsExactly(FIRST, SECOND);
  }

  private static ChatCall question(String model) {
    ChatPrompt prompt =
        new ChatPrompt(
            "Answer in JSON.",
            "{\"records\":[{\"ref\":1,\"title\":\"20% off\",\"price\":\"20%\"}]}",
            "{}",
            400);
    return ChatCall.first(prompt, 100, model, false);
  }
}
