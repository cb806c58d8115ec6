/**
 * The replicas that share one database: worker registry, heartbeat, lease, and the rescue of items
 * whose worker has ended or lost its lease.
 */
@NullMarked
package io.burnish.cluster;

import org.jspecify.annotations.NullMarked;
