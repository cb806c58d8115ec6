package io.burnish.api.items;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an item tells of the calls about it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ItemAttemptsTest {

  Simulator simulator;

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void a_succeeded_item_has_its_result_its_evidence_and_the_call() {
    ObjectNode lamp = Discounts.readable("7");
    PostedJob job = Scenario.given(lamp).ended();

    JsonPath item = Api.get(job.id(), "/items/0");

    assertThat(item.getString("state")).isEqualTo("succeeded");
    assertThat(item.getString("record.title")).isEqualTo(lamp.path("title").asText());
    assertThat(item.getInt("result.price")).isEqualTo(20);
    assertThat(item.getString("evidence.price.text")).isEqualTo("20%");
    assertThat(item.getList("errors")).isEmpty();
    assertThat(item.getList("attempts.verdict")).containsExactly("accepted");
    assertThat(item.getList("attempts.outcome")).containsExactly("answered");
    assertThat(item.getList("attempts.httpStatus")).containsExactly(200);
    assertThat(item.getString("attempts[0].model")).isEqualTo(item.getString("model"));
    assertThat(item.getMap("tokens")).isEqualTo(job.view().getMap("tokens"));
  }

  @Test
  void a_refused_answer_is_shown_with_its_violations() {
    ObjectNode lamp = Discounts.readable("7");
    PostedJob job =
        Scenario.given(lamp).onProvider(simulator, lamp, InjectedFault.WRONG_CATEGORY).ended();

    JsonPath item = Api.get(job.id(), "/items/0");

    assertThat(item.getString("state")).isEqualTo("failed");
    assertThat(item.getString("code")).isEqualTo("category_invalid");
    assertThat(item.getList("attempts")).hasSize(job.calls());
    assertThat(item.getList("attempts.n"))
        .isEqualTo(IntStream.rangeClosed(1, job.calls()).boxed().toList());
    assertThat(item.getList("attempts.verdict")).containsOnly("refused");
    assertThat(item.getString("attempts[0].violations[0].code")).isEqualTo("category_invalid");
    assertThat(item.getMap("attempts[0].answer")).containsKey("category");
    assertThat(item.getMap("tokens")).isEqualTo(job.view().getMap("tokens"));
    assertThat(
            Api.get(job.id(), "/items?code=category_invalid&model=" + item.getString("model"))
                .getList("items.attempts"))
        .containsExactly(job.calls());
  }

  @Test
  void a_call_without_an_answer_says_the_fault() {
    ObjectNode lamp = Discounts.readable("7");
    PostedJob job = Scenario.given(lamp).onProvider(simulator, InjectedFault.THROTTLED).ended();

    JsonPath item = Api.get(job.id(), "/items/0");

    assertThat(item.getList("attempts.verdict")).containsExactly("unanswered", "accepted");
    assertThat(item.getList("attempts.outcome")).containsExactly("throttled", "answered");
    assertThat(item.getList("attempts.httpStatus")).containsExactly(429, 200);
  }

  @Test
  void the_tokens_of_a_shared_call_are_divided_among_its_records() {
    PostedJob job = Scenario.given(10).ended();

    long prompt =
        IntStream.range(0, 10)
            .mapToLong(seq -> Api.get(job.id(), "/items/" + seq).getLong("tokens.prompt"))
            .sum();

    assertThat(prompt).isEqualTo(job.view().getLong("tokens.prompt"));
    assertThat(Api.get(job.id(), "/items/0").getInt("attempts[0].records")).isGreaterThan(1);
  }
}
