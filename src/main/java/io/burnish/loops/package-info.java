/**
 * Background loops: a loop that does something every so often, and the watch that knows when each
 * loop last turned. Uses database.
 */
@NullMarked
package io.burnish.loops;

import org.jspecify.annotations.NullMarked;
