package io.burnish.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells earlier processes of this replica, which have ended, from other replicas that were given
 * the same node name by mistake. A worker with a fresh heartbeat counts as ended only when its
 * process is known to have ended. For one thread.
 */
final class SameNodeWorkers {

  private static final Logger LOG = Logger.getLogger(SameNodeWorkers.class);

  /** A worker counts as ended after this many checks without a new heartbeat of it. */
  private static final int CHECKS = 3;

  private final WorkerProcess own;
  private final boolean sole;
  private final Duration silence;
  private final LongFunction<Optional<Long>> started;

  /** Last heartbeat, at the first check, of each worker that may still be running. */
  private final Map<UUID, Instant> undecided = new HashMap<>();

  private int checks;

  /**
   * @param started when a process of this machine started, as {@link ThisMachine#started}
   */
  SameNodeWorkers(WorkerProcess own, ClusterConfig config, LongFunction<Optional<Long>> started) {
    this.own = own;
    this.sole = config.sole();
    this.silence =
        longer(config.heartbeat().multipliedBy(5).dividedBy(2), config.silence().dividedBy(3));
    this.started = started;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** First check: the workers whose process has ended. The others are checked again. */
  List<UUID> endedAtStart(List<SameNodeWorker> workers) {
    List<UUID> ended = new ArrayList<>();
    for (SameNodeWorker worker : workers) {
      if (sole || hasEnded(worker.process())) {
        ended.add(worker.process().worker());
      } else {
        undecided.put(worker.process().worker(), worker.lastHeartbeat());
      }
    }
    return ended;
  }

  /** Whether the process of this machine has ended, or its id belongs to a later one. */
  private boolean hasEnded(WorkerProcess process) {
    return process.machine() != null
        && process.machine().equals(own.machine())
        && process.started() != null
        && started.apply(process.pid()).filter(process.started()::equals).isEmpty();
  }

  /** Whether some workers must be checked again. */
  boolean areUndecided() {
    return !undecided.isEmpty();
  }

  /** A later check, after each heartbeat of this worker: the workers that have ended. */
  List<UUID> ended(List<SameNodeWorker> workers) {
    checks++;
    Map<UUID, SameNodeWorker> registered =
        workers.stream()
            .collect(Collectors.toMap(worker -> worker.process().worker(), worker -> worker));
    undecided.keySet().retainAll(registered.keySet());
    undecided
        .entrySet()
        .removeIf(first -> isRunning(registered.get(first.getKey()), first.getValue()));
    return undecided.keySet().stream()
        .filter(id -> checks >= CHECKS && registered.get(id).silence().compareTo(silence) >= 0)
        .toList();
  }

  private boolean isRunning(SameNodeWorker worker, Instant firstSeen) {
    if (worker.lastHeartbeat().equals(firstSeen)) {
      return false;
    }
    LOG.warnf(
        "The name \"%s\" (HOSTNAME or burnish.worker.node) is used by another worker too: %s, process %d. Its items are not rescued. Give each replica a name of its own",
        own.node(), worker.process().worker(), worker.process().pid());
    return true;
  }
}
