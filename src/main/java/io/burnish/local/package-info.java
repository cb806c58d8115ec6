/**
 * The services that a single machine needs and a cluster does not: an embedded PostgreSQL, and the
 * simulator as offline provider. {@code main} starts both before the application and passes it only
 * their configuration. Uses simulator.
 */
@NullMarked
package io.burnish.local;

import org.jspecify.annotations.NullMarked;
