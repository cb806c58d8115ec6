/**
 * The items of all jobs: claimed, completed, parked and released by native SQL, fenced.
 *
 * <p><b>Plans.</b> A partial index holds all items of a state, and the planner guesses from old
 * statistics how many they are: made at a moment when nothing was ready, they let it read all that
 * is, for each claim, and keep at it until they are made anew. So a statement leaves it no choice.
 * It names a state only where that state's index is wanted, with the order and limit that make it
 * stop early; who finds items by their ids does not, and asks {@code worker_id IS NOT NULL} instead
 * of {@code state = 'running'}, which is the same by a constraint of the table and implies no
 * index.
 */
@NullMarked
package io.burnish.queue;

import org.jspecify.annotations.NullMarked;
