package io.burnish.status;

import java.time.Instant;
import java.util.List;

/**
 * What was decided since a time.
 *
 * @param since the start of a minute
 * @param until now
 * @param succeeded items that succeeded, reused ones included
 * @param reused part of succeeded: without a call
 * @param failed items
 * @param spent what calls used, by model
 */
public record Throughput(
    Instant since, Instant until, long succeeded, long reused, long failed, List<Spent> spent) {}
