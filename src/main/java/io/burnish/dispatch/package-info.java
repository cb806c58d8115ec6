/**
 * Turns claimed items into calls: settles those that need none, packs the others within the budget
 * that was admitted, and runs the calls on a bounded executor.
 */
@NullMarked
package io.burnish.dispatch;

import org.jspecify.annotations.NullMarked;
