package io.burnish.status;

import java.time.Instant;
import java.util.UUID;

/**
 * A replica with a worker.
 *
 * @param worker its id
 * @param node host name
 * @param startedAt when it registered
 * @param heartbeatAt its last heartbeat
 */
public record Replica(UUID worker, String node, Instant startedAt, Instant heartbeatAt) {}
