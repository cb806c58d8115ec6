package io.burnish.cluster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker and the process that it is.
 *
 * @param worker under which it claims; new for each start
 * @param node name of the machine or pod; workers of one name are taken for lives of one replica
 * @param pid process id, within its machine
 * @param machine the boot of the machine and the space of process ids that {@code pid} belongs to;
 *     null: not known
 * @param started when the process started, in clock ticks since the boot of its machine; null: not
 *     known
 */
public record WorkerProcess(
    UUID worker, String node, long pid, @Nullable String machine, @Nullable Long started) {

  /** A worker of whose process only the id is known. */
  public WorkerProcess(UUID worker, String node, long pid) {
    this(worker, node, pid, null, null);
  }
}
