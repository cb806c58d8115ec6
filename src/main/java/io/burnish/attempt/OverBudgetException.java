package io.burnish.attempt;

import io.burnish.queue.item.ClaimedItem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** The call was not sent, because the budgets of these jobs do not allow it. */
final class OverBudgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Set<UUID> jobs;

  OverBudgetException(Set<UUID> jobs) {
    super("call not sent: over the budget of jobs " + jobs);
    this.jobs = Set.copyOf(jobs);
  }

  /**
   * The refs to leave out of the next try: the second half of the records of each of the jobs, or
   * its only one.
   *
   * @param items the records of the call, ref 1 first
   */
  Set<Integer> dropped(List<ClaimedItem> items) {
    Set<Integer> dropped = new HashSet<>();
    for (UUID job : jobs) {
      List<Integer> refs =
          IntStream.rangeClosed(1, items.size())
              .filter(ref -> items.get(ref - 1).jobId().equals(job))
              .boxed()
              .toList();
      dropped.addAll(refs.subList(refs.size() / 2, refs.size()));
    }
    return dropped;
  }
}
