package io.burnish.api;

import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** A stream of the states of one job. Its calls come one after the other. */
final class EventClient implements JobWatch.Client {

  /** Turns without an event until a comment is sent, so that no proxy closes the connection. */
  private static final int TURNS_UNTIL_COMMENT = 35;

  private final MultiEmitter<? super OutboundSseEvent> emitter;
  private final Sse sse;
  private final long knownVersion;
  private String sent = "";
  private int quietTurns;

  /**
   * @param knownVersion version of the last event that the client has; -1: none
   */
  EventClient(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse, long knownVersion) {
    this.emitter = emitter;
    this.sse = sse;
    this.knownVersion = knownVersion;
  }

  @Override
  public boolean onTurn(JobView job) {
    if (emitter.isCancelled()) {
      return false;
    }
    String tag = JobTag.of(job, false);
    boolean known = sent.isEmpty() && job.version() == knownVersion;
    if (known) {
      sent = tag;
    }
    if (!tag.equals(sent)) {
      sent = tag;
      quietTurns = 0;
      emitter.emit(
          sse.newEventBuilder()
              .id(String.valueOf(job.version()))
              .name("job")
              .mediaType(MediaType.APPLICATION_JSON_TYPE)
              .data(JobView.class, job)
              .build());
    } else if (++quietTurns >= TURNS_UNTIL_COMMENT) {
      quietTurns = 0;
      emitter.emit(sse.newEventBuilder().comment("").build());
    }
    if (job.isFinal()) {
      emitter.complete();
      return false;
    }
    return true;
  }

  @Override
  public void onRemoved() {
    emitter.complete();
  }

  @Override
  public void onFailure(RuntimeException failure) {
    emitter.complete();
  }
}
