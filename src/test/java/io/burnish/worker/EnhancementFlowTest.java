package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From a posted record to its outcome, with a provider that makes mistakes. The simulator's log of
 * calls shows what it was asked.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class EnhancementFlowTest {

  private static final String FIRST = "simulated/openai/gpt-oss-120b";
  private static final String SECOND = "simulated/openai/gpt-oss-20b";
  private static final String THIRD = "simulated/qwen/qwen3.8-27b";

  Simulator simulator;

  @BeforeEach
  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {
        "BROKEN_JSON",
        "WRONG_CATEGORY",
        "PRICE_NOT_IN_TEXT",
        "PRICE_AS_TEXT",
        "MISSING_REF",
        "FOREIGN_REF",
        "REPEATED_REF",
        "EMPTY"
      })
  void a_refused_answer_is_asked_for_again_with_what_was_wrong(InjectedFault wrong) {
    Scenario.given(1).onProvider(simulator, wrong).ended().assertOutcome("succeeded");

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).records().get(0)).doesNotContain("problems");
    assertThat(calls.get(1).records().get(0)).contains("problems");
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"TRUNCATED", "RAN_OUT_OF_TOKENS"})
  void an_answer_that_is_cut_off_is_asked_for_again_with_more_room_and_costs_no_attempt(
      InjectedFault wrong) {
    Scenario.given(1).onProvider(simulator, wrong).ended().assertOutcome("succeeded");

    assertThat(simulator.calls()).hasSize(2);
    assertThat(simulator.calls().get(1).records().get(0)).doesNotContain("problems");
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"FENCED_JSON", "JSON_VALIDATE_FAILED"})
  void an_answer_that_only_looks_wrong_is_accepted(InjectedFault wrong) {
    Scenario.given(1).onProvider(simulator, wrong).ended().assertOutcome("succeeded");

    assertThat(simulator.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {
        "THROTTLED",
        "NO_CAPACITY",
        "SERVER_ERROR",
        "ERROR_WITH_200",
        "BAD_GATEWAY",
        "OVERLOADED",
        "HANG_UP"
      })
  void what_passes_by_itself_costs_no_attempt(InjectedFault wrong) {
    Scenario.given(1).onProvider(simulator, wrong).ended().assertCounts(1, 0);

    assertThat(simulator.calls())
        .last()
        .satisfies(call -> assertThat(call.records().get(0)).doesNotContain("problems"));
  }

  @Test
  void a_model_that_repeats_a_refused_answer_is_given_up_and_the_record_fails_when_all_did() {
    ObjectNode hopeless = Discounts.readable("1");
    String title = hopeless.path("title").asText();

    PostedJob job =
        Scenario.given(hopeless)
            .and(1)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended()
            .assertOutcome("partial");

    assertThat(
            simulator.calls().stream()
                .filter(call -> call.records().get(0).contains(title))
                .map(SimulatedCall::model))
        .containsExactly(FIRST, FIRST, SECOND, THIRD);
    assertThat(job.failures().getList("[0].attempts.n")).containsExactly(1, 2, 3, 4);
    assertThat(job.errors())
        .anySatisfy(error -> assertThat(error).contains("Discounts"))
        .anySatisfy(error -> assertThat(error).startsWith("attempt 1, " + FIRST))
        .anySatisfy(error -> assertThat(error).startsWith("attempt 3, " + SECOND));
  }

  @Test
  void records_share_a_call_and_one_that_is_not_answered_is_asked_about_again_without_the_others() {
    PostedJob job =
        Scenario.given(3)
            .onProvider(simulator, InjectedFault.MISSING_REF)
            .ended()
            .assertCounts(3, 0);

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls).extracting(call -> call.records().size()).containsExactly(3, 1);
    assertThat(calls.get(1).records().get(0)).contains("problems", "no entry with ref 1");
    assertThat(job.calls()).isEqualTo(2);
    assertThat(job.results("discount_id")).containsExactly("0", "1", "2");
  }

  @Test
  void a_pack_that_is_too_large_is_halved_until_it_fits_and_costs_no_attempt() {
    Scenario.given(4)
        .onProvider(
            simulator, InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE, InjectedFault.TOO_LARGE)
        .ended()
        .assertCounts(4, 0);

    assertThat(simulator.calls())
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain("problems"));
    assertThat(simulator.calls().get(3).records()).hasSizeLessThan(4);
  }

  @Test
  void a_request_that_is_refused_fails_with_the_providers_words_and_loses_nothing() {
    ObjectNode refused = Discounts.readable("1");

    PostedJob job =
        Scenario.given(refused)
            .onProvider(simulator, refused, InjectedFault.REQUEST_REFUSED)
            .ended()
            .assertOutcome("failed");

    assertThat(job.errors()).anySatisfy(error -> assertThat(error).contains("temperature"));
  }
}
