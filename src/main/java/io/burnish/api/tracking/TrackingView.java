package io.burnish.api.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.record.Excerpt;
import io.burnish.tracking.decision.PriorResult;
import io.burnish.tracking.decision.Tracked;
import io.burnish.tracking.decision.TrackedCounts;
import io.burnish.tracking.decision.TrackedOverview;
import io.burnish.tracking.decision.TrackedState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracking as the API shows it.
 *
 * @param provider whose answers are counted
 * @param processed contents that were enhanced
 * @param failed contents that failed
 * @param imported keys of imported state files
 * @param estimated whether a sample was counted, because there are too many
 * @param profiles the same for each profile
 */
public record TrackingView(
    String provider,
    long processed,
    long failed,
    long imported,
    boolean estimated,
    Map<String, Counts> profiles) {

  static TrackingView of(String provider, TrackedOverview overview) {
    Map<String, TrackedCounts> counts = overview.profiles();
    TrackedCounts all = counts.values().stream().reduce(TrackedCounts.NONE, TrackedCounts::plus);
    Map<String, Counts> profiles = new LinkedHashMap<>();
    counts.forEach(
        (profile, of) ->
            profiles.put(profile, new Counts(of.processed(), of.failed(), of.imported())));
    return new TrackingView(
        provider, all.processed(), all.failed(), all.imported(), overview.estimated(), profiles);
  }

  /** The counts of one profile. */
  public record Counts(long processed, long failed, long imported) {}

  /**
   * The entries of a key.
   *
   * @param key of the records
   * @param known entries under the key, latest first
   */
  public record OfKey(String key, List<Entry> known) {}

  /**
   * A content that was decided under a key, or an entry of an imported state file.
   *
   * @param profile the kind of the record
   * @param state {@code processed} or {@code failed}
   * @param at when it was decided or imported
   * @param imported whether it comes from a state file, which has nothing but keys
   * @param model that answered
   * @param errorCode why it failed, for programs
   * @param errors why it failed, for a person
   * @param fingerprint of the content
   */
  @JsonInclude
  public record Entry(
      String profile,
      String state,
      Instant at,
      boolean imported,
      @Nullable String model,
      @Nullable String errorCode,
      List<String> errors,
      @Nullable String fingerprint) {

    static Entry of(Tracked tracked) {
      PriorResult known = tracked.prior();
      return new Entry(
          tracked.profile(),
          known.state().word(),
          known.at(),
          tracked.content().isEmpty(),
          known.model().orElse(null),
          known.errorCode().orElse(null),
          known.errors(),
          tracked.content().orElse(null));
    }
  }

  /**
   * The counts of an imported state file.
   *
   * @param processed keys it lists as processed
   * @param failed keys it lists as failed, and not as processed
   * @param models for which it counts 429 responses
   * @param passedOver ids that are null or blank; they are ignored
   */
  public record Imported(int processed, int failed, int models, int passedOver) {}

  /** The number of deleted entries: contents and imported keys. */
  public record Forgotten(int forgotten) {}

  /** The state of this name; null stays null. */
  static @Nullable TrackedState state(@Nullable String word) {
    return word == null
        ? null
        : TrackedState.of(word)
            .orElseThrow(
                () ->
                    new InvalidQueryException(
                        "state",
                        "\"%s\" is not known; known are processed, failed"
                            .formatted(Excerpt.of(word))));
  }
}
