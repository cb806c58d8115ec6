/**
 * Deduplication: finds the records that need no call, because they were decided before, failed in
 * the same job, or are in flight.
 */
@NullMarked
package io.burnish.dedup;

import org.jspecify.annotations.NullMarked;
