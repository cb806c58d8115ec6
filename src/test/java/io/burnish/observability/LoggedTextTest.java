package io.burnish.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.PostedJob;
import io.burnish.record.RecordJson;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients and the provider send, as the log shows it from INFO on. */
@QuarkusTest
@TestProfile(MonitoredService.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class LoggedTextTest {

  private static final String SECRET = "Zanzibarish";

  private final SafeLogLines filter = new SafeLogLines();
  private final PatternFormatter format = new PatternFormatter("%p %s%e");

  Simulator simulator;

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void no_record_text_and_no_second_line_is_logged() {
    ObjectNode hopeless = Discounts.readable("hopeless");
    hopeless.put("title", hopeless.path("title").asText() + " " + SECRET);
    simulator.whenAsked(asked -> asked.contains(SECRET), InjectedFault.WRONG_CATEGORY);
    simulator.next(InjectedFault.BAD_GATEWAY, InjectedFault.BROKEN_JSON);

    try (LogLines lines = LogLines.ofInfo("io.burnish")) {
      new PostedJob(
              Api.post(
                  RecordJson.write(
                      RecordJson.object()
                          .put("name", "nightly")
                          .set(
                              "records",
                              RecordJson.read(
                                  Discounts.list(hopeless, Discounts.readable("plain")))))))
          .ended();
      given().body("{\"records\":[{\"" + SECRET + "\n").post("/jobs");
      given().get("/jobs/%0AERROR%20forged").then().statusCode(404);

      List<String> shown = lines.records().stream().map(this::shown).toList();

      assertThat(shown)
          .anyMatch(line -> line.contains("with failures"))
          .noneMatch(line -> line.contains(SECRET))
          .noneMatch(line -> line.startsWith("INFO") && line.contains("\n"));
    }
  }

  @Test
  void every_handler_has_the_filter() {
    assertThat(List.of("console", "file"))
        .allSatisfy(
            handler ->
                assertThat(
                        ConfigProvider.getConfig()
                            .getValue("quarkus.log." + handler + ".filter", String.class))
                    .isEqualTo(SafeLogLines.NAME));
  }

  private String shown(LogRecord line) {
    ExtLogRecord copy = ExtLogRecord.wrap(line);
    filter.isLoggable(copy);
    return format.format(copy);
  }
}
