package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.ItemGroups.Group;
import io.burnish.dispatch.ItemGroups.Grouped;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
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
   * @param admitted the calls for the claim; what is not used is given back
   */
  public void dispatch(List<ClaimedItem> claims, AdmittedCalls admitted) {
    try {
      Grouped grouped = groups.of(resolver.resolve(claims));
      writers.outcomes(grouped.decided());
      if (grouped.groups().stream().noneMatch(group -> group.models().contains(admitted.model()))) {
        // Fixed pacing admits one call at a time: no other model is admitted while this one is.
        giveBack(admitted);
      }
      grouped.groups().forEach(group -> place(group, admitted));
      queue.release(admitted.leftOver());
    } finally {
      giveBack(admitted);
    }
  }

  private void giveBack(AdmittedCalls admitted) {
    int calls = admitted.unusedCalls();
    long tokens = admitted.unusedTokens();
    admitted.close();
    planner.refund(admitted.model(), calls, tokens);
  }

  private void place(Group group, AdmittedCalls admitted) {
    if (admitted.isNone() || group.models().contains(admitted.model())) {
      pack(group, admitted);
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
      pack(group, admitted);
      queue.release(admitted.leftOver());
    } finally {
      giveBack(admitted);
    }
  }

  private void wait(Group group, AdmittedCalls admitted, Duration waitTime) {
    writers.outcomes(
        group.items().stream()
            .filter(item -> !groups.mayAsk(admitted.model(), item))
            .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.QUOTA, waitTime)))
            .toList());
    group.items().stream()
        .filter(item -> groups.mayAsk(admitted.model(), item))
        .forEach(admitted::leave);
  }

  private void pack(Group group, AdmittedCalls admitted) {
    Profile profile = group.profile();
    Packer packer = planner.packer();
    int frame = sizes.frameTokens(profile);
    packer.frame(frame);
    RecordSizes.Measured measured =
        sizes.of(group, admitted.model(), planner.isLimited(admitted.model()));
    writers.outcomes(measured.failed());
    Set<Long> placed = new HashSet<>();
    for (List<SizedRecord> records :
        packer.packs(measured.records(), admitted.plan(), admitted.callsLeft())) {
      Pack pack = Pack.of(profile, frame, records);
      long tokens = planner.charge(admitted.model(), pack.promptTokens(), pack.size());
      start(pack, admitted.reservation(tokens), admitted.slots());
      records.forEach(record -> placed.add(record.item().id()));
    }
    for (SizedRecord record : measured.records()) {
      if (placed.contains(record.item().id())) {
        continue;
      }
      if (!packer.fits(record, admitted.plan()) && admitted.slots().left() > 0) {
        callAlone(group.models(), Pack.of(profile, frame, List.of(record)), admitted.slots());
      } else {
        admitted.leave(record.item());
      }
    }
  }

  /** The record is larger than the calls as planned: it asks for a call of its own size. */
  private void callAlone(List<String> models, Pack pack, AdmittedCalls.Slots slots) {
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

  private void start(Pack pack, Reservation reservation, AdmittedCalls.Slots slots) {
    try {
      executor.start(pack, reservation, slots);
    } catch (RejectedExecutionException e) {
      planner.refund(reservation.model(), 1, reservation.reserved().getAndSet(0));
      throw e;
    }
  }
}
