package io.burnish.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * Another worker of the same node.
 *
 * @param process which it is
 * @param heartbeat its last one
 * @param silence time since then, by the database's clock
 */
public record SameNodeWorker(WorkerProcess process, Instant heartbeat, Duration silence) {}
