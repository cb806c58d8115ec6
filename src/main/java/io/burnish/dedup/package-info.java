/**
 * Finds the records that need no call: decided before, failed before in the same job, or in flight
 * elsewhere.
 */
@NullMarked
package io.burnish.dedup;

import org.jspecify.annotations.NullMarked;
