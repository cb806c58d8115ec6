package io.burnish.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/**
 * The only place that names attributes of the semantic conventions for generative AI. Source:
 * OpenTelemetry semantic conventions, gen-ai spans, status development, read 2026-11.
 */
final class GenAi {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> PROVIDER =
      AttributeKey.stringKey("gen_ai.provider.name");
  private static final AttributeKey<String> REQUEST_MODEL =
      AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Long> MAX_TOKENS =
      AttributeKey.longKey("gen_ai.request.max_tokens");
  private static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  private static final AttributeKey<String> RESPONSE_ID =
      AttributeKey.stringKey("gen_ai.response.id");
  private static final AttributeKey<Long> INPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> CACHED_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  private static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private static final String CHAT = "chat";

  private GenAi() {}

  /** A call to a model, as a child of the current span. */
  static SpanBuilder chat(Tracer tracer, String provider, String model, int maxTokens) {
    return tracer
        .spanBuilder(CHAT + " " + model)
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(OPERATION, CHAT)
        .setAttribute(PROVIDER, provider)
        .setAttribute(REQUEST_MODEL, model)
        .setAttribute(MAX_TOKENS, (long) maxTokens);
  }

  /** The model and the id of the response; empty texts are left out. */
  static void response(Span span, String model, String id) {
    if (!model.isEmpty()) {
      span.setAttribute(RESPONSE_MODEL, model);
    }
    if (!id.isEmpty()) {
      span.setAttribute(RESPONSE_ID, id);
    }
  }

  /** Input tokens include cached ones. */
  static void usage(Span span, long input, long cached, long output) {
    span.setAttribute(INPUT_TOKENS, input)
        .setAttribute(CACHED_TOKENS, cached)
        .setAttribute(OUTPUT_TOKENS, output);
  }

  /** Why the call has no usable answer; status 0: there was no response. */
  static void error(Span span, String type, int status) {
    span.setAttribute(ERROR, type);
    if (status > 0) {
      span.setAttribute(STATUS, (long) status);
    }
  }
}
