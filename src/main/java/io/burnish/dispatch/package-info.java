/**
 * Turns claimed items into calls: settles those that need none, packs the others into the calls
 * that were admitted, and runs the calls on a bounded executor.
 */
@NullMarked
package io.burnish.dispatch;

import org.jspecify.annotations.NullMarked;
