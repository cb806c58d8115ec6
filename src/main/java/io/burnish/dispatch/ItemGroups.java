package io.burnish.dispatch;

import io.burnish.attempt.OutcomePolicy;
import io.burnish.attempt.RecordHistory;
import io.burnish.budget.Budgets;
import io.burnish.dedup.JobSpecs;
import io.burnish.dispatch.plan.DispatchConfig;
import io.burnish.profile.Profile;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Groups claimed items by owner, by profile, and by the models that may still be asked about them.
 * A call carries records of one owner only, because one record's text could steer the answer about
 * another.
 */
@Singleton
class ItemGroups {

  private final JobSpecs specs;
  private final OutcomePolicy policy;
  private final DispatchConfig config;
  private final Budgets budgets;

  ItemGroups(JobSpecs specs, OutcomePolicy policy, DispatchConfig config, Budgets budgets) {
    this.specs = specs;
    this.policy = policy;
    this.config = config;
    this.budgets = budgets;
  }

  /**
   * Items that may share a call.
   *
   * @param owner of their jobs
   * @param models that may be asked about each of them; one at least
   */
  record Group(String owner, Profile profile, List<String> models, List<ClaimedItem> items) {}

  /**
   * Claimed items, grouped.
   *
   * @param groups those with few models first: the others would leave no call for them, claim after
   *     claim; else in a random order of owners, so that the calls of a claim are not always those
   *     of the same owner
   * @param decided outcomes of items that no model may be asked about
   */
  record Grouped(List<Group> groups, List<Outcome> decided) {}

  /** Groups the items. */
  Grouped of(List<ClaimedItem> items) {
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    List<Outcome> decided = new ArrayList<>();
    for (ClaimedItem item : items) {
      Profile profile = specs.profile(item);
      String owner = specs.of(item.jobId()).owner();
      List<String> candidates = policy.candidateModels(RecordHistory.of(item));
      List<String> models =
          candidates.stream().filter(model -> budgets.mayAsk(model, item)).toList();
      if (candidates.isEmpty()) {
        decided.add(noModelLeft(item));
      } else if (models.isEmpty()) {
        budgets.pauseForPrice(item);
        decided.add(Outcome.withoutCall(item, new Parked(WaitReason.BACKOFF, Duration.ZERO)));
      } else {
        groups
            .computeIfAbsent(
                List.of(owner, profile.name(), models),
                k -> new Group(owner, profile, models, new ArrayList<>()))
            .items()
            .add(item);
      }
    }
    return new Grouped(joined(inTurn(groups.values())), decided);
  }

  /** The groups owner by owner, in a random order of owners. */
  private static List<Group> inTurn(Collection<Group> groups) {
    Map<String, List<Group>> byOwner =
        groups.stream()
            .collect(Collectors.groupingBy(Group::owner, LinkedHashMap::new, Collectors.toList()));
    List<List<Group>> owners = new ArrayList<>(byOwner.values());
    Collections.shuffle(owners);
    return owners.stream().flatMap(List::stream).toList();
  }

  /** Whether the model may be asked about the item. */
  boolean mayAsk(String model, ClaimedItem item) {
    return budgets.mayAsk(model, item)
        && policy.candidateModels(RecordHistory.of(item)).contains(model);
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
    if (few.owner().equals(more.owner())
        && few.profile().equals(more.profile())
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
