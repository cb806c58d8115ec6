package io.burnish.simulator.wire;

import io.burnish.simulator.http.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller, as far as headers tell.
 *
 * @param authorization the header, if any
 * @param userAgent the header, if any
 * @param reused whether the connection carried a call before
 */
public record Caller(@Nullable String authorization, @Nullable String userAgent, boolean reused) {

  /** The error that refuses this caller; empty if it may call. Any key is accepted. */
  public Optional<Reply> problem() {
    if (userAgent == null || userAgent.isBlank() || userAgent.startsWith("Python-urllib")) {
      return Optional.of(ErrorBodies.blockedByEdge());
    }
    return authorization != null && authorization.startsWith("Bearer ")
        ? Optional.empty()
        : Optional.of(ErrorBodies.keyRefused());
  }
}
