package io.burnish.dispatch;

import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.ItemGroups.Grouped;
import io.burnish.dispatch.plan.AdmittedCalls;
import io.burnish.queue.item.ClaimedItem;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Turns claimed items into calls: resolves those that need no call, packs the others, and starts a
 * call for each pack. Items that no call has room for are released.
 */
@Singleton
public class Dispatcher {

  private final CallFreeResolver resolver;
  private final ItemGroups groups;
  private final GroupPlacement placement;
  private final BatchWriters writers;

  Dispatcher(
      CallFreeResolver resolver,
      ItemGroups groups,
      GroupPlacement placement,
      BatchWriters writers) {
    this.resolver = resolver;
    this.groups = groups;
    this.placement = placement;
    this.writers = writers;
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
      placement.place(grouped.groups(), admitted);
    } finally {
      placement.giveBack(admitted);
    }
  }
}
