package io.burnish.dispatch;

import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.ItemGroups.Group;
import io.burnish.dispatch.plan.AdmittedCalls;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds calls for groups of items: those admitted for the claim, or calls to another model. */
@Singleton
class GroupPlacement {

  private final ItemGroups groups;
  private final CallPlanner planner;
  private final PackStarter packs;
  private final BatchWriters writers;
  private final ItemQueue queue;

  GroupPlacement(
      ItemGroups groups,
      CallPlanner planner,
      PackStarter packs,
      BatchWriters writers,
      ItemQueue queue) {
    this.groups = groups;
    this.planner = planner;
    this.packs = packs;
    this.writers = writers;
    this.queue = queue;
  }

  /** Starts calls about the groups. Items that no call has room for are released. */
  void place(List<Group> all, AdmittedCalls admitted) {
    if (all.stream().noneMatch(group -> group.models().contains(admitted.model()))) {
      // Fixed pacing admits one call at a time: no other model is admitted while this one is.
      giveBack(admitted);
    }
    all.forEach(group -> place(group, admitted));
    queue.release(admitted.leftOver());
  }

  /** Gives back what is not used of admitted calls. */
  void giveBack(AdmittedCalls admitted) {
    int calls = admitted.unusedCalls();
    long tokens = admitted.unusedTokens();
    admitted.close();
    planner.refund(admitted.model(), calls, tokens);
  }

  private void place(Group group, AdmittedCalls admitted) {
    if (admitted.isNone() || group.models().contains(admitted.model())) {
      packs.start(group, admitted);
    } else if (admitted.slots().left() > 0) {
      placeElsewhere(group, admitted);
    } else {
      group.items().forEach(admitted::leave);
    }
  }

  /** The admitted model had its tries about these items: another one is asked. */
  private void placeElsewhere(Group group, AdmittedCalls first) {
    CallPlanner.Planned planned =
        planner.admit(group.models(), group.items().size(), first.slots().left());
    if (planned.admitted().calls() == 0) {
      wait(group, first, planned.admitted().waitTime());
      return;
    }
    AdmittedCalls admitted = new AdmittedCalls(planned, first.slots());
    try {
      packs.start(group, admitted);
      queue.release(admitted.leftOver());
    } finally {
      giveBack(admitted);
    }
  }

  private void wait(Group group, AdmittedCalls admitted, Duration waitTime) {
    Map<Boolean, List<ClaimedItem>> byMayAsk =
        group.items().stream()
            .collect(Collectors.partitioningBy(item -> groups.mayAsk(admitted.model(), item)));
    writers.outcomes(
        byMayAsk.get(false).stream()
            .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.QUOTA, waitTime)))
            .toList());
    byMayAsk.get(true).forEach(admitted::leave);
  }
}
