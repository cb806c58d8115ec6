/** What a running Burnish says of itself: metrics, health, messages at start. */
@NullMarked
package io.burnish.observability;

import org.jspecify.annotations.NullMarked;
