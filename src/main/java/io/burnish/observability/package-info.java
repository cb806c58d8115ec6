/** Gauges, health checks, log filter and start-up messages. */
@NullMarked
package io.burnish.observability;

import org.jspecify.annotations.NullMarked;
