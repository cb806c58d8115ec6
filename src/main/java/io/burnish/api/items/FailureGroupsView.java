package io.burnish.api.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.export.FailureGroup;
import io.burnish.export.FailureGroups;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failed records of a job by code.
 *
 * @param counted failed records that were counted
 * @param complete whether these are all that failed so far
 * @param groups most frequent first
 */
public record FailureGroupsView(int counted, boolean complete, List<Group> groups) {

  /** What the codes mean that are no rule of a profile. */
  private static final Map<String, String> OF_SERVICE =
      Map.ofEntries(
          Map.entry("not_an_object", "each record is a JSON object"),
          Map.entry("record_too_large", "a record is at most burnish.intake.max-record"),
          Map.entry("key_not_storable", "a key has no U+0000 and no half of a surrogate pair"),
          Map.entry("failed_before", "not sent: it failed in an earlier job; retryFailed sends it"),
          Map.entry("processed_before", "not sent: an imported state file lists its key"),
          Map.entry("key_processed_before", "not sent: another content of its key was processed"),
          Map.entry("answer_not_json", "an answer is JSON of the form that was asked for"),
          Map.entry("answer_missing", "an answer has an entry for each record"),
          Map.entry("answer_cut_off", "an answer ends before the limit of its tokens"),
          Map.entry("answer_unusable", "a response has an answer that can be read"),
          Map.entry("answer_repeated", "a model does not repeat a rejected answer"),
          Map.entry("call_limit_reached", "a record needs at most burnish.worker.max-calls calls"),
          Map.entry("no_model_left", "a model is left that accepts the record"),
          Map.entry("timed_out", "a call about the record alone ends in time"),
          Map.entry("too_large", "a call about the record alone is within the model's limits"),
          Map.entry("provider_refused", "the provider accepts the call"),
          Map.entry("provider_error", "the provider answers without an error"),
          Map.entry("internal_error", "the service works on the record without an internal error"));

  /**
   * A group.
   *
   * @param code stable code of why the records failed
   * @param count how many
   * @param rule what the code demands, as a sentence; null for a code that this version does not
   *     know
   * @param examples the first three, in input order
   */
  @JsonInclude
  public record Group(String code, int count, @Nullable String rule, List<Example> examples) {}

  /**
   * A failed record.
   *
   * @param seq position in the job's input, from 0
   * @param key of the record; null: none
   * @param error the first sentence of why it failed
   */
  @JsonInclude
  public record Example(int seq, @Nullable String key, String error) {}

  static FailureGroupsView of(String profile, List<FailureGroup> groups) {
    Map<String, String> rules =
        Profiles.named(profile).map(Profile::ruleSentences).orElse(Map.of());
    int counted = groups.stream().mapToInt(FailureGroup::count).sum();
    return new FailureGroupsView(
        counted,
        counted < FailureGroups.COUNTED,
        groups.stream().map(group -> group(group, rules)).toList());
  }

  private static Group group(FailureGroup group, Map<String, String> rules) {
    return new Group(
        group.code(),
        group.count(),
        Optional.ofNullable(rules.get(group.code())).orElse(OF_SERVICE.get(group.code())),
        group.examples().stream()
            .map(example -> new Example(example.seq(), example.key(), example.error()))
            .toList());
  }
}
