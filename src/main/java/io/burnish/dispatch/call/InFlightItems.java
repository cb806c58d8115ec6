package io.burnish.dispatch.call;

import io.burnish.cluster.WorkerRegistry;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The items that calls of this worker are about. The database may hold more as claimed by this
 * worker: a claim whose acknowledgement was lost, one that met an error before its call began, an
 * outcome that could not be written. No other worker rescues items of a live worker, so this one
 * reclaims them itself. Thread-safe.
 */
@Singleton
public class InFlightItems {

  private static final Logger LOG = Logger.getLogger(InFlightItems.class);

  private final WorkerRegistry registry;
  private final UUID worker;

  /** Item id to the fence of its claim: a new call may begin before the old one has ended. */
  private final Map<Long, Integer> fences = new ConcurrentHashMap<>();

  /** Of the items' texts. */
  private final AtomicLong bytes = new AtomicLong();

  private final AtomicBoolean inDoubt = new AtomicBoolean();

  public InFlightItems(WorkerRegistry registry, Claimant claimant) {
    this.registry = registry;
    this.worker = claimant.worker();
  }

  /** A call about these items begins. */
  void add(List<ClaimedItem> items) {
    items.forEach(item -> fences.put(item.id(), item.fence()));
    bytes.addAndGet(bytes(items));
  }

  /** A call about these items has ended; once for each {@link #add}. */
  void remove(List<ClaimedItem> items) {
    items.forEach(item -> fences.remove(item.id(), item.fence()));
    bytes.addAndGet(-bytes(items));
  }

  private static long bytes(List<ClaimedItem> items) {
    return items.stream().mapToLong(ClaimedItem::bytes).sum();
  }

  /** Bytes of the items' texts; see {@link ClaimedItem#bytes}. */
  public long bytes() {
    return bytes.get();
  }

  /** Whether a call is about this item, under this very claim. */
  public boolean contains(ClaimedItem item) {
    return Integer.valueOf(item.fence()).equals(fences.get(item.id()));
  }

  /** An error occurred: the database may hold claims of this worker that no call is about. */
  public void doubt() {
    inDoubt.set(true);
  }

  /**
   * Releases items that the database holds as claimed by this worker and no call is about, if there
   * is doubt. To be called only while no claim is under way: its items have no call yet.
   *
   * @throws io.burnish.database.DatabaseException when the database does not answer; the doubt
   *     stays
   */
  public void reconcile() {
    if (!inDoubt.getAndSet(false)) {
      return;
    }
    try {
      int released = registry.reclaim(worker, List.copyOf(fences.keySet()));
      if (released > 0) {
        LOG.warnf(
            "%d items were claimed by this worker and no call was about them; they are released, and no attempt is charged",
            released);
      }
    } catch (RuntimeException e) {
      doubt();
      throw e;
    }
  }
}
