package io.burnish.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** The span of one HTTP call to a model. For one thread; closed exactly once. */
public final class CallSpan implements AutoCloseable {

  static final CallSpan NONE = new CallSpan(Span.getInvalid());

  private final Span span;

  CallSpan(Span span) {
    this.span = span;
  }

  /**
   * The provider billed an answer, usable or not.
   *
   * @param model that answered; empty: not named
   * @param id the provider's id of the call; empty: none
   * @param prompt prompt tokens, cached ones included
   */
  public void billed(String model, String id, int prompt, int cached, int completion) {
    GenAi.response(span, model, id);
    GenAi.usage(span, prompt, cached, completion);
  }

  /**
   * The call met a fault.
   *
   * @param kind of the fault
   * @param status of the response; 0: there was none
   */
  public void failed(String kind, int status) {
    GenAi.error(span, kind, status);
    span.setStatus(StatusCode.ERROR, kind);
  }

  @Override
  public void close() {
    span.end();
  }
}
