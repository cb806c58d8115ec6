/**
 * The rate limits of each model: calls are reserved before they are sent and settled after, over
 * all replicas.
 */
@NullMarked
package io.burnish.quota;

import org.jspecify.annotations.NullMarked;
