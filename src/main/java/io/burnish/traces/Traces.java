package io.burnish.traces;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Begins spans; while traces are off, these do nothing. Thread-safe. */
@Singleton
public class Traces {

  /** Traces that are off. */
  public static final Traces OFF =
      new Traces(OpenTelemetry.noop().getTracer("io.burnish"), true, "");

  /** The span of an attempt while traces are off. */
  public static final AttemptSpan NO_ATTEMPT = AttemptSpan.NONE;

  private static final AttributeKey<List<String>> JOBS =
      AttributeKey.stringArrayKey("burnish.jobs");
  private static final AttributeKey<Long> RECORDS = AttributeKey.longKey("burnish.records");

  private final Tracer tracer;
  private final boolean off;
  private final String provider;

  @Inject
  Traces(
      Tracer tracer,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off,
      @ConfigProperty(name = "burnish.provider.kind") String provider) {
    this.tracer = tracer;
    this.off = off;
    this.provider = provider;
  }

  /** Whether spans are recorded. */
  public boolean isOn() {
    return !off;
  }

  /**
   * Begins the trace of an attempt. It has a link to the trace of each request that posted one of
   * its jobs.
   *
   * @param jobs of the records
   * @param records number of records
   * @param claimed when the claim began
   * @param traceparents of the requests that posted the jobs; see {@link TraceParent}
   */
  public AttemptSpan attempt(
      Collection<UUID> jobs, int records, Instant claimed, Stream<String> traceparents) {
    if (off) {
      return AttemptSpan.NONE;
    }
    SpanBuilder span =
        tracer
            .spanBuilder("attempt")
            .setNoParent()
            .setStartTimestamp(claimed)
            .setAttribute(JOBS, jobs.stream().map(UUID::toString).toList())
            .setAttribute(RECORDS, (long) records);
    traceparents
        .map(TraceParent::context)
        .filter(SpanContext::isValid)
        .distinct()
        .forEach(span::addLink);
    return new AttemptSpan(tracer, span.startSpan());
  }

  /** Begins the span of a call to a model, as a child of the attempt that this thread runs. */
  public CallSpan call(String model, int maxTokens) {
    return off
        ? CallSpan.NONE
        : new CallSpan(GenAi.chat(tracer, provider, model, maxTokens).startSpan());
  }
}
