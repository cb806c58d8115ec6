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
 * Tells earlier lives of this worker, which have ended, from other workers that were given the same
 * name by mistake. Nothing is taken from one that has a fresh heartbeat, unless its process is
 * known to have ended. Used by one thread at a time.
 */
final class SameNodeWorkers {

  private static final Logger LOG = Logger.getLogger(SameNodeWorkers.class);

  /** An earlier life misses this many heartbeats of this worker in a row. */
  private static final int MISSED = 3;

  private final WorkerProcess own;
  private final boolean sole;
  private final Duration silence;
  private final LongFunction<Optional<Long>> started;
  private final Map<UUID, Instant> undecided = new HashMap<>();
  private int looks;

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

  /** The first look: those whose process has ended. The others are looked at again. */
  List<UUID> atStart(List<SameNodeWorker> seen) {
    List<UUID> over = new ArrayList<>();
    for (SameNodeWorker namesake : seen) {
      if (sole || hasEnded(namesake.process())) {
        over.add(namesake.process().worker());
      } else {
        undecided.put(namesake.process().worker(), namesake.heartbeat());
      }
    }
    return over;
  }

  /** A process of this machine that is gone, or whose id belongs to a later one. */
  private boolean hasEnded(WorkerProcess process) {
    return process.machine() != null
        && process.machine().equals(own.machine())
        && process.started() != null
        && started.apply(process.pid()).filter(process.started()::equals).isEmpty();
  }

  /** Whether some must be looked at again. */
  boolean areUndecided() {
    return !undecided.isEmpty();
  }

  /** A later look, after each heartbeat of this worker: those that turned out to have ended. */
  List<UUID> over(List<SameNodeWorker> seen) {
    looks++;
    Map<UUID, SameNodeWorker> now =
        seen.stream().collect(Collectors.toMap(one -> one.process().worker(), one -> one));
    undecided.keySet().retainAll(now.keySet());
    undecided.entrySet().removeIf(first -> isAlive(now.get(first.getKey()), first.getValue()));
    return undecided.keySet().stream()
        .filter(id -> looks >= MISSED && now.get(id).silence().compareTo(silence) >= 0)
        .toList();
  }

  private boolean isAlive(SameNodeWorker namesake, Instant atFirst) {
    if (namesake.heartbeat().equals(atFirst)) {
      return false;
    }
    LOG.warnf(
        "The name \"%s\" (HOSTNAME or burnish.worker.node) is used by another worker too: %s, process %d. Its records are left to it. Give each replica a name of its own",
        own.node(), namesake.process().worker(), namesake.process().pid());
    return true;
  }
}
