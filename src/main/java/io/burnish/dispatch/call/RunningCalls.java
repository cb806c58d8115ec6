package io.burnish.dispatch.call;

import io.burnish.attempt.Pack;
import io.burnish.loops.Signal;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The calls that run: the items of each are in flight, and it takes a slot. Thread-safe. */
@Singleton
public class RunningCalls {

  private static final Logger LOG = Logger.getLogger(RunningCalls.class);

  private final InFlightItems inFlight;
  private final CallSlots slots;
  private final Signal signal;

  /**
   * @param signal is raised whenever a slot is free again
   */
  public RunningCalls(InFlightItems inFlight, CallSlots slots, Signal signal) {
    this.inFlight = inFlight;
    this.slots = slots;
    this.signal = signal;
  }

  /** A call about the pack begins. */
  void add(Pack pack) {
    inFlight.add(pack.items());
  }

  /** It could not begin. */
  void rejected(Pack pack) {
    inFlight.remove(pack.items());
  }

  /**
   * The call has ended: its slot is free now, or once its outcomes are written.
   *
   * @param written ends once the outcomes are written, or with the reason why they are not
   */
  void answered(Pack pack, CompletableFuture<Void> written) {
    Runnable afterWrite = slots.answered();
    written.whenComplete(
        (nothing, failure) -> {
          ended(pack, failure);
          afterWrite.run();
          signal.raise();
        });
  }

  private void ended(Pack pack, @Nullable Throwable failure) {
    inFlight.remove(pack.items());
    if (failure != null) {
      inFlight.doubt();
      LOG.errorf(
          failure,
          "The outcomes of %d items (the first: %d of job %s) could not be written; the items are released, and stored answers are judged again",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId());
    }
  }
}
