package io.burnish.status;

import java.time.Instant;
import java.util.List;

/**
 * The work of all replicas at one moment.
 *
 * @param at the moment, by the database's clock
 * @param replicas those with a worker, oldest first
 * @param queue the items that are not decided
 * @param minute what was decided in the last minute and the present one
 * @param hour the same of the last 60 minutes
 * @param day the same of the last 24 hours
 */
public record Snapshot(
    Instant at,
    List<Replica> replicas,
    QueueDepth queue,
    Throughput minute,
    Throughput hour,
    Throughput day) {}
