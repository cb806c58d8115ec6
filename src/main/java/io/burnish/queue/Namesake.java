package io.burnish.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * Another worker of the same node.
 *
 * @param process which it is
 * @param heartbeat its last one
 * @param silence time since then, by the database's clock
 */
public record Namesake(WorkerProcess process, Instant heartbeat, Duration silence) {}
