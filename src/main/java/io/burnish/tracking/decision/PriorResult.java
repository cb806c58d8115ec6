package io.burnish.tracking.decision;

import io.burnish.record.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A prior decision about a content or a key.
 *
 * @param state how it ended
 * @param fingerprint the content that was decided; empty when only an imported state file names the
 *     key
 * @param result the enhanced record; empty when it failed or was imported
 * @param errorCode the error code; empty when it did not fail, or was imported
 * @param errors why it failed, a sentence each
 * @param model the model that answered
 * @param proofVersion version of the rules under which it failed; empty when it did not fail or was
 *     imported
 * @param at when it was decided, or imported
 * @param unread whether a result may exist that was not read, because of the limit of bytes or
 *     because results were not asked for
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

  /** An imported key: nothing but its state is known. */
  public static PriorResult imported(TrackedState state, Instant at) {
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
