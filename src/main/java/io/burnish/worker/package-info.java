/** This replica's worker: its lifecycle, and the loop that claims items and dispatches them. */
@NullMarked
package io.burnish.worker;

import org.jspecify.annotations.NullMarked;
