package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.ItemGroups.Group;
import io.burnish.dispatch.call.CallExecutor;
import io.burnish.dispatch.plan.AdmittedCalls;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.dispatch.plan.Packer;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Packs the records of a group, and starts a call for each pack. */
@Singleton
class PackStarter {

  private final RecordSizes sizes;
  private final CallPlanner planner;
  private final CallExecutor executor;
  private final BatchWriters writers;

  PackStarter(RecordSizes sizes, CallPlanner planner, CallExecutor executor, BatchWriters writers) {
    this.sizes = sizes;
    this.planner = planner;
    this.executor = executor;
    this.writers = writers;
  }

  /**
   * Starts calls about a group; records that no call has room for are left over.
   *
   * @param admitted calls to a model that may be asked about the group
   */
  void start(Group group, AdmittedCalls admitted) {
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
