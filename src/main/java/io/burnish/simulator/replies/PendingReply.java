package io.burnish.simulator.replies;

import io.burnish.simulator.http.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A call that was accepted and is not answered yet.
 *
 * @param delay until the reply is due
 * @param finisher settles and logs the call at this time, and returns the reply; empty: the
 *     connection is closed without one
 */
public record PendingReply(Duration delay, LongFunction<Optional<Reply>> finisher) {

  /**
   * Settles the call at a time, in nanoseconds; empty: the connection is closed without a reply.
   */
  public Optional<Reply> finish(long now) {
    return finisher.apply(now);
  }
}
