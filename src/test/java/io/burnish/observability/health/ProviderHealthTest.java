package io.burnish.observability.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong with the provider is data of readiness, and never makes it red. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ProviderHealthTest {

  private static final String FIRST = "simulated/openai/gpt-oss-120b";
  private static final List<String> MODELS =
      List.of(FIRST, "simulated/openai/gpt-oss-20b", "simulated/qwen/qwen3.8-27b");

  Simulator simulator;

  @BeforeEach
  @AfterEach
  void all_is_forgotten() {
    simulator.clear();
    Api.forgetModels();
  }

  @Test
  void models_that_can_be_called_are_named() {
    Map<String, Object> data = data();

    assertThat(data)
        .containsEntry("endpoint", "simulated")
        .containsEntry("account", "not refused")
        .containsEntry("modelsLeft", 3);
    assertThat(MODELS).allSatisfy(model -> assertThat(data).containsEntry(model, "can be called"));
  }

  @Test
  void a_refused_key_is_reported_until_it_is_accepted() {
    allAnswer(InjectedFault.KEY_REFUSED);
    PostedJob job = post();

    await().until(() -> data().get("account").toString().startsWith("refused; check GROQ_API_KEY"));
    assertThat(data().values().toString()).doesNotContain("Invalid API Key");

    simulator.clear();
    job.ended();
    assertThat(data()).containsEntry("account", "not refused");
  }

  @Test
  void a_decommissioned_model_is_reported() {
    simulator.whenCalled(FIRST, InjectedFault.DECOMMISSIONED);

    post().ended();

    assertThat(data())
        .containsEntry(FIRST, "decommissioned; remove it from BURNISH_MODELS")
        .containsEntry("modelsLeft", 2);
  }

  @Test
  void a_model_that_is_not_permitted_is_reported() {
    simulator.whenCalled(FIRST, InjectedFault.MODEL_NOT_FOUND);

    post().ended();

    assertThat(data().get(FIRST).toString())
        .startsWith("unknown at this address or not permitted for this account; ");
  }

  @Test
  void a_cooldown_is_reported_with_its_end() {
    allAnswer(InjectedFault.THROTTLED_FOR_LONG);
    post();

    await().until(() -> data().get(FIRST).toString().startsWith("cooldown; next call after 20"));
  }

  private void allAnswer(InjectedFault fault) {
    MODELS.forEach(model -> simulator.whenCalled(model, fault));
  }

  private static PostedJob post() {
    return Scenario.given(Discounts.readable(UUID.randomUUID().toString())).post();
  }

  /** The data, from a readiness that is green. */
  private static Map<String, Object> data() {
    return given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getMap("checks.find { it.name == 'Provider' }.data");
  }
}
