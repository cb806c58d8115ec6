/**
 * The replicas of one database: their registry, heartbeats and leases, and the rescue of items
 * whose worker is dead.
 */
@NullMarked
package io.burnish.cluster;

import org.jspecify.annotations.NullMarked;
