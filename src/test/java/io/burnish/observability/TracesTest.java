package io.burnish.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.LogTexts;
import io.burnish.fixtures.PostedJob;
import io.burnish.models.health.ModelEventLog;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans of attempts, as an exporter gets them. */
@QuarkusTest
@TestProfile(MonitoredService.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class TracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  Simulator simulator;
  @Inject InMemorySpanExporter exporter;

  @BeforeEach
  void forget() {
    exporter.reset();
  }

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void an_attempt_is_a_trace_from_the_claim_to_the_commit() {
    ObjectNode record = Discounts.readable("traced");
    PostedJob job = posted(record, TRACEPARENT).ended();

    SpanData attempt = attempts(job).get(0);
    SpanData call = child(attempt, "chat");
    SpanData commit = child(attempt, "commit");

    assertThat(attempt.getParentSpanContext().isValid()).isFalse();
    assertThat(attempt.getLinks())
        .extracting(link -> link.getSpanContext().getTraceId())
        .containsExactly(TRACE);
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(attempt.getStartEpochNanos()).isLessThanOrEqualTo(call.getStartEpochNanos());
    assertThat(call.getEndEpochNanos()).isLessThanOrEqualTo(commit.getStartEpochNanos());
    assertThat(commit.getEndEpochNanos()).isLessThanOrEqualTo(attempt.getEndEpochNanos());
    assertThat(text(call, "gen_ai.operation.name")).isEqualTo("chat");
    assertThat(text(call, "gen_ai.provider.name")).isEqualTo("simulated");
    assertThat(text(call, "gen_ai.request.model")).endsWith(MonitoredService.MODEL);
    assertThat(text(call, "gen_ai.response.model")).isNotEmpty();
    assertThat(number(call, "gen_ai.request.max_tokens")).isPositive();
    assertThat(number(call, "gen_ai.usage.input_tokens")).isPositive();
    assertThat(number(call, "gen_ai.usage.output_tokens")).isPositive();
    assertThat(exporter.getFinishedSpanItems().toString())
        .as("no text of records, prompts or answers")
        .doesNotContain(record.path("title").asText());
  }

  @Test
  void a_fault_and_its_repetition_are_two_calls_of_one_attempt() {
    simulator.next(InjectedFault.BAD_GATEWAY);

    try (LogTexts lines = LogTexts.of(ModelEventLog.class, "%X{traceId}")) {
      PostedJob job = posted(Discounts.readable("faulted"), "00-invalid").ended();

      SpanData attempt = attempts(job).get(0);
      List<SpanData> calls = children(attempt).filter(TracesTest::isCall).toList();

      assertThat(attempt.getLinks()).isEmpty();
      assertThat(calls).hasSize(2);
      assertThat(calls.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(text(calls.get(0), "error.type")).isEqualTo("overloaded");
      assertThat(number(calls.get(0), "http.response.status_code")).isEqualTo(502);
      assertThat(calls.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      assertThat(lines.all()).contains(attempt.getTraceId());
    }
  }

  private static PostedJob posted(ObjectNode record, String traceparent) {
    return new PostedJob(
        given()
            .contentType("application/json")
            .header("traceparent", traceparent)
            .body(Discounts.list(record))
            .post("/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id"));
  }

  /** The attempts of a job, once they are exported. */
  private List<SpanData> attempts(PostedJob job) {
    AttributeKey<List<String>> jobs = AttributeKey.stringArrayKey("burnish.jobs");
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                exporter.getFinishedSpanItems().stream()
                    .filter(span -> span.getName().equals("attempt"))
                    .filter(span -> span.getAttributes().get(jobs).contains(job.id()))
                    .toList(),
            found -> !found.isEmpty());
  }

  private SpanData child(SpanData attempt, String name) {
    return children(attempt)
        .filter(span -> span.getName().split(" ")[0].equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Stream<SpanData> children(SpanData attempt) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(attempt.getTraceId()))
        .filter(span -> span.getParentSpanId().equals(attempt.getSpanId()));
  }

  private static boolean isCall(SpanData span) {
    return span.getName().startsWith("chat ");
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  private static Long number(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.longKey(attribute));
  }
}
