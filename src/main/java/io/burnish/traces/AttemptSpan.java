package io.burnish.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The span of one attempt, the root of its trace: begins with the claim, and ends when the outcomes
 * are committed. Its methods are called by one thread after the other.
 */
public final class AttemptSpan {

  static final AttemptSpan NONE = new AttemptSpan(null, Span.getInvalid());

  private final @Nullable Tracer tracer;
  private final Span span;
  private Span commit = Span.getInvalid();

  AttemptSpan(@Nullable Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  /** Runs work within the span: spans of calls are its children, and log lines have its id. */
  public void run(Runnable work) {
    if (tracer == null) {
      work.run();
      return;
    }
    try (Scope scope = span.makeCurrent()) {
      assert scope != null;
      work.run();
    }
  }

  /** The outcomes wait for their commit. */
  public void committing() {
    if (tracer != null) {
      commit = tracer.spanBuilder("commit").setParent(Context.root().with(span)).startSpan();
    }
  }

  /**
   * The attempt ended.
   *
   * @param failure why its outcomes are not committed; null: they are
   */
  public void end(@Nullable Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, failure.getClass().getName());
    }
    commit.end();
    span.end();
  }
}
