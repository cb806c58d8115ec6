/**
 * What a single machine needs and a cluster does not: an embedded PostgreSQL, and the simulator as
 * an offline provider. {@code main} starts both before the application, which gets nothing but
 * configuration from here. Uses simulator.
 */
@NullMarked
package io.burnish.local;

import org.jspecify.annotations.NullMarked;
