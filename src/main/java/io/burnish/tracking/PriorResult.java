package io.burnish.tracking;

import io.burnish.record.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided before about a content, or about a key.
 *
 * @param state how it ended
 * @param fingerprint the content that was decided; empty when all that is known comes from an
 *     imported state file
 * @param result the enhanced record of whoever was first; empty when it failed, or was imported
 * @param errorCode why it failed, stable; empty when it did not, or was imported
 * @param errors why it failed, for a person
 * @param model who answered
 * @param proofVersion under which reading of texts it failed; empty when it did not, was imported,
 *     or a version before stored it
 * @param at when it was decided, or imported
 * @param unread whether there may be a result that was not read: a batch reads so many bytes of
 *     results at most, and to be shown none is read
 */
public record PriorResult(
    TrackedState state,
    Optional<Fingerprint> fingerprint,
    Optional<String> result,
    Optional<String> errorCode,
    List<String> errors,
    Optional<String> model,
    Optional<String> proofVersion,
    Instant at,
    boolean unread) {

  static PriorResult imported(TrackedState state, Instant at) {
    return new PriorResult(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        at,
        false);
  }
}
