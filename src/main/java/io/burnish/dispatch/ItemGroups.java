package io.burnish.dispatch;

import io.burnish.attempt.OutcomePolicy;
import io.burnish.attempt.RecordHistory;
import io.burnish.dedup.JobSpecs;
import io.burnish.profile.Profile;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups claimed items by profile, and by the models that may still be asked about them. */
@Singleton
class ItemGroups {

  private final JobSpecs specs;
  private final OutcomePolicy policy;
  private final DispatchConfig config;

  ItemGroups(JobSpecs specs, OutcomePolicy policy, DispatchConfig config) {
    this.specs = specs;
    this.policy = policy;
    this.config = config;
  }

  /**
   * Items that may share a call.
   *
   * @param models that may be asked about each of them; one at least
   */
  record Group(Profile profile, List<String> models, List<ClaimedItem> items) {}

  /**
   * Claimed items, grouped.
   *
   * @param groups those with few models first: the others would leave no call for them, claim after
   *     claim
   * @param failed outcomes of items that no configured model may be asked about any more
   */
  record Grouped(List<Group> groups, List<Outcome> failed) {}

  /** Groups the items. */
  Grouped of(List<ClaimedItem> items) {
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    List<Outcome> failed = new ArrayList<>();
    for (ClaimedItem item : items) {
      Profile profile = specs.profile(item);
      List<String> models = policy.candidateModels(RecordHistory.of(item));
      if (models.isEmpty()) {
        failed.add(noModelLeft(item));
      } else {
        groups
            .computeIfAbsent(
                List.of(profile.name(), models), k -> new Group(profile, models, new ArrayList<>()))
            .items()
            .add(item);
      }
    }
    return new Grouped(joined(List.copyOf(groups.values())), failed);
  }

  /** Whether the model may be asked about the item. */
  boolean mayAsk(String model, ClaimedItem item) {
    return policy.candidateModels(RecordHistory.of(item)).contains(model);
  }

  /**
   * Re-asks with fewer models left take along those with more, if all fit in one call: its
   * instructions are paid once.
   */
  private List<Group> joined(List<Group> groups) {
    List<Group> byModels =
        groups.stream().sorted(Comparator.comparing(group -> group.models().size())).toList();
    for (int i = 0; i < byModels.size(); i++) {
      Group few = byModels.get(i);
      if (!few.items().isEmpty()) {
        byModels.subList(i + 1, byModels.size()).forEach(more -> takeAlong(few, more));
      }
    }
    return byModels.stream().filter(group -> !group.items().isEmpty()).toList();
  }

  private void takeAlong(Group few, Group more) {
    List<ClaimedItem> reasks =
        more.items().stream().filter(item -> RecordHistory.of(item).hasRejections()).toList();
    if (few.profile().equals(more.profile())
        && more.models().size() > few.models().size()
        && more.models().containsAll(few.models())
        && few.items().size() + reasks.size() <= config.pack()) {
      few.items().addAll(reasks);
      more.items().removeAll(reasks);
    }
  }

  /** The models that had tries left are configured no more. */
  private static Outcome noModelLeft(ClaimedItem item) {
    return Outcome.withoutCall(
        item,
        OutcomePolicy.failed(
            item,
            "no_model_left",
            List.of("every model of BURNISH_MODELS had its tries about the record"),
            null));
  }
}
