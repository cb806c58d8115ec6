package io.burnish.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.record.Excerpt;
import io.burnish.tracking.PriorResult;
import io.burnish.tracking.Tracked;
import io.burnish.tracking.TrackedCounts;
import io.burnish.tracking.TrackedOverview;
import io.burnish.tracking.TrackedState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is tracked, as the API shows it.
 *
 * @param provider whose answers these are
 * @param processed contents that were enhanced
 * @param failed contents that were given up
 * @param imported keys that imported state files list
 * @param estimated whether there is so much that a sample was counted
 * @param profiles the same, profile by profile
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

  /** What is tracked of one profile. */
  public record Counts(long processed, long failed, long imported) {}

  /**
   * What is known of a key.
   *
   * @param key the owner's key
   * @param known all that is known under it, the latest first
   */
  public record OfKey(String key, List<Entry> known) {}

  /**
   * A content that was decided under a key, or the key's line in an imported state file.
   *
   * @param profile what kind of record
   * @param state {@code processed} or {@code failed}
   * @param at when it was decided, or imported
   * @param imported whether it comes from a state file: nothing more is known then
   * @param model who answered
   * @param errorCode why it failed, stable
   * @param errors why it failed, for a person
   * @param fingerprint identity by content
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
   * What was taken over from a state file.
   *
   * @param processed keys it lists as processed
   * @param failed keys it lists as failed, and not as processed
   * @param models models whose 429s it counts
   * @param passedOver ids that are null or blank: no record has such an id
   */
  public record Imported(int processed, int failed, int models, int passedOver) {}

  /** How much was forgotten: contents, and keys that were imported. */
  public record Forgotten(int forgotten) {}

  /** The state of that name; null stays null. */
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
