package io.burnish.dispatch;

import io.burnish.cluster.WorkerRegistry;
import io.burnish.queue.ClaimedItem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Which items hands of this worker hold. The database may say that it holds more: a claim whose
 * acknowledgement was lost, one that met an error before a hand had it, an outcome that could not
 * be written. Nobody would rescue them from a worker that lives, so it gives them back itself.
 * Thread-safe.
 */
public final class InFlightItems {

  private static final Logger LOG = Logger.getLogger(InFlightItems.class);

  /**
   * Items with the fences of their claims: an item may be in a new hand before the old one is done.
   */
  private final Map<Long, Integer> held = new ConcurrentHashMap<>();

  /** Of the items' texts. */
  private final AtomicLong bytes = new AtomicLong();

  private final AtomicBoolean inDoubt = new AtomicBoolean();

  /** A hand takes them. */
  public void take(List<ClaimedItem> items) {
    items.forEach(item -> held.put(item.id(), item.fence()));
    bytes.addAndGet(bytes(items));
  }

  /** A hand is done with them, once for each time that they were taken. */
  public void letGo(List<ClaimedItem> items) {
    items.forEach(item -> held.remove(item.id(), item.fence()));
    bytes.addAndGet(-bytes(items));
  }

  private static long bytes(List<ClaimedItem> items) {
    return items.stream().mapToLong(ClaimedItem::bytes).sum();
  }

  /** Bytes of the texts that hands hold; see {@link ClaimedItem#bytes}. */
  public long bytes() {
    return bytes.get();
  }

  /** Whether a hand holds this very claim. */
  public boolean hold(ClaimedItem item) {
    return Integer.valueOf(item.fence()).equals(held.get(item.id()));
  }

  /** Something went wrong: the database and the hands may differ. */
  public void doubt() {
    inDoubt.set(true);
  }

  /**
   * Gives back what the database says that the worker holds, and no hand does, if there is doubt.
   * Only where no claim is under way: what was claimed and has no hand yet would be given back too.
   */
  public void settle(WorkerRegistry registry, UUID worker) {
    if (!inDoubt.getAndSet(false)) {
      return;
    }
    try {
      int back = registry.reclaim(worker, List.copyOf(held.keySet()));
      if (back > 0) {
        LOG.warnf("%d records that no hand held are given back; no attempt is charged", back);
      }
    } catch (RuntimeException e) {
      doubt();
      throw e;
    }
  }
}
