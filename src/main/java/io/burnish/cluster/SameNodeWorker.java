package io.burnish.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * Another worker that is registered under the name of this node.
 *
 * @param process its process
 * @param lastHeartbeat its last heartbeat
 * @param silence time since then, by the database's clock
 */
public record SameNodeWorker(WorkerProcess process, Instant lastHeartbeat, Duration silence) {}
