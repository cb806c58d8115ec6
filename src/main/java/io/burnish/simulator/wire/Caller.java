package io.burnish.simulator.wire;

import io.burnish.simulator.http.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as headers tell.
 *
 * @param authorization the header, if any
 * @param userAgent the header, if any
 * @param reused whether the connection had carried a call before
 */
public record Caller(@Nullable String authorization, @Nullable String userAgent, boolean reused) {

  /** Why he is not let in; empty when he is. Any key will do. */
  public Optional<Reply> problem() {
    if (userAgent == null || userAgent.isBlank() || userAgent.startsWith("Python-urllib")) {
      return Optional.of(ErrorBodies.blockedAtTheEdge());
    }
    return authorization != null && authorization.startsWith("Bearer ")
        ? Optional.empty()
        : Optional.of(ErrorBodies.keyRefused());
  }
}
