package io.burnish.simulator;

import io.burnish.simulator.http.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A call that was taken and is not answered yet.
 *
 * @param delay until it is to be ended
 * @param ending settles it, writes it down, and gives the reply at that moment; empty: the
 *     connection is to be closed without one
 */
record PendingReply(Duration delay, LongFunction<Optional<Reply>> ending) {

  Optional<Reply> end(long now) {
    return ending.apply(now);
  }
}
