package io.burnish.api.events;

import io.burnish.api.view.JobTag;
import io.burnish.api.view.JobView;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** A stream of the states of one job. Its calls come one after the other. */
final class EventClient implements JobWatch.Client {

  /** Some 14 seconds. */
  private static final int TURNS_UNTIL_COMMENT = 35;

  private final EventStream stream;
  private final long knownVersion;
  private String sent = "";

  /**
   * @param knownVersion version of the last event that the client has; -1: none
   */
  EventClient(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse, long knownVersion) {
    this.stream = new EventStream(emitter, sse, TURNS_UNTIL_COMMENT);
    this.knownVersion = knownVersion;
  }

  @Override
  public boolean onTurn(JobView job) {
    if (stream.isCancelled()) {
      return false;
    }
    String tag = JobTag.of(job, false);
    boolean known = sent.isEmpty() && job.version() == knownVersion;
    if (known || tag.equals(sent)) {
      stream.onQuietTurn();
    } else {
      stream.send(String.valueOf(job.version()), JobView.class, job);
    }
    sent = tag;
    if (job.isFinal()) {
      stream.end();
      return false;
    }
    return true;
  }

  @Override
  public void onRemoved() {
    stream.end();
  }

  @Override
  public void onFailure(RuntimeException failure) {
    stream.end();
  }
}
