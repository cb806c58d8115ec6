package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.ItemGroups.Group;
import io.burnish.dispatch.ItemGroups.Grouped;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Failed;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * Turns claimed items into calls: resolves those that need no call, packs the others, and starts a
 * call for each pack. Items that no call has room for are released.
 */
@Singleton
public class Dispatcher {

  private final CallFreeResolver resolver;
  private final ItemGroups groups;
  private final RecordSizes sizes;
  private final CallPlanner planner;
  private final CallExecutor executor;
  private final BatchWriters writers;
  private final ItemQueue queue;

  Dispatcher(
      CallFreeResolver resolver,
      ItemGroups groups,
      RecordSizes sizes,
      CallPlanner planner,
      CallExecutor executor,
      BatchWriters writers,
      ItemQueue queue) {
    this.resolver = resolver;
    this.groups = groups;
    this.sizes = sizes;
    this.planner = planner;
    this.executor = executor;
    this.writers = writers;
    this.queue = queue;
  }

  /**
   * Starts the calls about claimed items. Slots of calls that began are used when this returns, and
   * when it throws.
   *
   * @param budget the calls that were admitted for the claim; what is not used is given back
   */
  public void dispatch(List<ClaimedItem> claims, CallBudget budget) {
    try {
      Grouped grouped = groups.of(resolver.resolve(claims));
      writers.outcomes(grouped.decided());
      if (grouped.groups().stream().noneMatch(group -> group.models().contains(budget.model()))) {
        // Fixed pacing admits one call at a time: no other model is admitted while this one is.
        giveBack(budget);
      }
      grouped.groups().forEach(group -> place(group, budget));
      queue.release(budget.leftOver());
    } finally {
      giveBack(budget);
    }
  }

  private void giveBack(CallBudget budget) {
    int calls = budget.unusedCalls();
    long tokens = budget.unusedTokens();
    budget.close();
    planner.refund(budget.model(), calls, tokens);
  }

  private void place(Group group, CallBudget budget) {
    if (budget.isNone() || group.models().contains(budget.model())) {
      pack(group, budget);
    } else if (budget.slots().left() > 0) {
      placeElsewhere(group, budget);
    } else {
      group.items().forEach(budget::leave);
    }
  }

  /** The admitted model had its tries about these items: another one is asked. */
  private void placeElsewhere(Group group, CallBudget first) {
    CallPlanner.Planned planned =
        planner.admit(group.models(), group.items().size(), first.slots().left());
    if (planned.admitted().calls() == 0) {
      wait(group, first, planned.admitted().waitTime());
      return;
    }
    CallBudget budget = new CallBudget(planned, first.slots());
    try {
      pack(group, budget);
      queue.release(budget.leftOver());
    } finally {
      giveBack(budget);
    }
  }

  private void wait(Group group, CallBudget budget, Duration waitTime) {
    writers.outcomes(
        group.items().stream()
            .filter(item -> !groups.mayAsk(budget.model(), item))
            .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.QUOTA, waitTime)))
            .toList());
    group.items().stream()
        .filter(item -> groups.mayAsk(budget.model(), item))
        .forEach(budget::leave);
  }

  private void pack(Group group, CallBudget budget) {
    Profile profile = group.profile();
    Packer packer = planner.packer();
    int frame = sizes.frameTokens(profile);
    packer.frame(frame);
    RecordSizes.Measured measured =
        sizes.of(group, budget.model(), planner.isLimited(budget.model()));
    writers.outcomes(measured.failed());
    Set<Long> placed = new HashSet<>();
    for (List<SizedRecord> records :
        packer.packs(measured.records(), budget.plan(), budget.callsLeft())) {
      Pack pack = Pack.of(profile, frame, records);
      long tokens = planner.charge(budget.model(), pack.promptTokens(), pack.size());
      start(pack, budget.reservation(tokens), budget.slots());
      records.forEach(record -> placed.add(record.item().id()));
    }
    for (SizedRecord record : measured.records()) {
      if (placed.contains(record.item().id())) {
        continue;
      }
      if (!packer.fits(record, budget.plan()) && budget.slots().left() > 0) {
        callAlone(group.models(), Pack.of(profile, frame, List.of(record)), budget.slots());
      } else {
        budget.leave(record.item());
      }
    }
  }

  /** The record is larger than the calls as planned: it asks for a call of its own size. */
  private void callAlone(List<String> models, Pack pack, CallBudget.Slots slots) {
    Admitted own = planner.admitOne(models, pack.promptTokens());
    ClaimedItem item = pack.items().get(0);
    if (own.calls() == 1) {
      start(pack, new Reservation(own.model(), own.tokensEach()), slots);
    } else if (own.neverFits()) {
      write(Outcome.withoutCall(item, new Failed("too_large", List.of(own.waitingFor()), null)));
    } else {
      write(Outcome.withoutCall(item, new Parked(WaitReason.QUOTA, own.waitTime())));
    }
  }

  private void write(Outcome outcome) {
    writers.outcomes(List.of(outcome));
  }

  private void start(Pack pack, Reservation reservation, CallBudget.Slots slots) {
    try {
      executor.start(pack, reservation, slots);
    } catch (RejectedExecutionException e) {
      planner.refund(reservation.model(), 1, reservation.reserved().getAndSet(0));
      throw e;
    }
  }
}
