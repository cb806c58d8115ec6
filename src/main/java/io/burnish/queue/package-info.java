/**
 * The items of all jobs: claim, complete, park and release, fenced, in native SQL.
 *
 * <p><b>Plans.</b> With stale statistics PostgreSQL may scan the whole partial index of a state: a
 * plan made when no item was ready reads all of them for each claim, until it is made again.
 * Therefore: (1) name a state literally only where its partial index is wanted, with ORDER BY and
 * LIMIT; (2) when looking up by id, use {@code worker_id IS NOT NULL} instead of {@code state =
 * 'running'}, which is equivalent by a CHECK of the table and implies no index.
 *
 * <p><b>Dead rows.</b> While any session holds an old snapshot, no dead version of a row can be
 * vacuumed, and a lookup by an unchanged key walks over all of them. Therefore counters that change
 * with every call have a version in their key, which each change raises. The live row is found as
 * the last of its index, with {@code ORDER BY ... version DESC LIMIT 1}, and updated by its {@code
 * ctid}. A lock prevents others from changing it meanwhile: the job's row for completions, an
 * advisory lock of the job for the ledger.
 */
@NullMarked
package io.burnish.queue;

import org.jspecify.annotations.NullMarked;
