package io.burnish.cluster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker and its process.
 *
 * @param worker id under which it claims; new at each start
 * @param node name of the machine or pod; workers of one name count as processes of one replica
 * @param pid process id, within {@code machine}
 * @param machine boot of the machine and process id namespace of {@code pid}; null: not known
 * @param started start of the process, in clock ticks since the boot of its machine; null: not
 *     known
 */
public record WorkerProcess(
    UUID worker, String node, long pid, @Nullable String machine, @Nullable Long started) {

  /** A worker with only the process id known. */
  public WorkerProcess(UUID worker, String node, long pid) {
    this(worker, node, pid, null, null);
  }
}
