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
 *
 * <p><b>Dead rows.</b> While any session holds an old snapshot, no version of a row that was
 * updated meanwhile can be vacuumed, and whoever looks for the row by its key walks over all of
 * them. So what changes with every call has a version in its key, which each change raises. The
 * living row is found as the last of its index, with {@code ORDER BY … version DESC LIMIT 1}, and
 * changed by its place ({@code ctid}), under a lock that keeps others from changing it: the job's
 * row for completions, an advisory lock of the job for the ledger. Never by the rest of its key
 * alone.
 */
@NullMarked
package io.burnish.queue;

import org.jspecify.annotations.NullMarked;
