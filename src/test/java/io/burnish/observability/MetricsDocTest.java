package io.burnish.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists the meters of a service that has met most of what can happen. */
@QuarkusTest
@TestProfile(MonitoredService.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class MetricsDocTest {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-|bk_|readable|\\d{4,}");

  Simulator simulator;

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @BeforeEach
  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void each_meter_is_documented_and_each_documented_meter_is_there() throws IOException {
    ObjectNode hopeless = Discounts.readable("hopeless");
    ObjectNode known = Discounts.readable("known");
    Scenario.given(hopeless, known)
        .and(20)
        .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
        .onProvider(simulator, InjectedFault.THROTTLED, InjectedFault.MODEL_NOT_FOUND)
        .ended();
    given().get("/jobs/" + calledBack(known).ended().id() + "/results").then().statusCode(200);
    given().header("Origin", "http://elsewhere.example").get("/jobs").then().statusCode(403);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scrape().contains("burnish_callbacks_total{"));

    TreeMap<String, Exposition> found = Exposition.of(scrape());
    found.keySet().removeIf(name -> !name.startsWith("burnish_"));

    assertThat(found.values()).allSatisfy(meter -> assertThat(meter.help()).isNotBlank());
    assertThat(MetricsDoc.read()).isEqualTo(Exposition.described(found));
  }

  @Test
  void no_label_is_an_id() {
    Scenario.given(3).ended();

    Set<String> values = Exposition.labelValues(scrape());

    assertThat(values).isNotEmpty().noneMatch(value -> ID.matcher(value).find());
  }

  @Test
  void meters_of_the_fault_tolerance_annotations_are_off() {
    Scenario.given(3).ended();

    assertThat(scrape()).doesNotContain("ft_").contains("agroal_");
  }

  private static PostedJob calledBack(ObjectNode record) {
    return new PostedJob(
        Api.post(
            "{\"records\":%s,\"options\":{\"callbackUrl\":\"http://127.0.0.1:1/\"}}"
                .formatted(Discounts.list(record))));
  }

  private String scrape() {
    return given().accept("text/plain; version=0.0.4").get(metrics).asString();
  }
}
