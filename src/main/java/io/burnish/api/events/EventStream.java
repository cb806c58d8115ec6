package io.burnish.api.events;

import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/**
 * A stream of events named {@code job} to one client. Sends a comment after some turns without an
 * event, so that no proxy closes the connection. Its calls come one after the other.
 */
final class EventStream {

  private final MultiEmitter<? super OutboundSseEvent> emitter;
  private final Sse sse;
  private final int turnsUntilComment;
  private int quietTurns;

  /**
   * @param turnsUntilComment turns without an event until a comment is sent; over 0
   */
  EventStream(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse, int turnsUntilComment) {
    this.emitter = emitter;
    this.sse = sse;
    this.turnsUntilComment = turnsUntilComment;
  }

  boolean isCancelled() {
    return emitter.isCancelled();
  }

  /** Sends an event; its data is written as JSON. */
  <T> void send(String id, Class<T> type, T data) {
    quietTurns = 0;
    emitter.emit(
        sse.newEventBuilder()
            .id(id)
            .name("job")
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(type, data)
            .build());
  }

  /** A turn passed without an event. */
  void onQuietTurn() {
    if (++quietTurns >= turnsUntilComment) {
      quietTurns = 0;
      emitter.emit(sse.newEventBuilder().comment("").build());
    }
  }

  void end() {
    emitter.complete();
  }
}
