package io.burnish.tracking;

import io.burnish.database.DatabaseException;
import io.burnish.database.Sql;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.decision.EnhancementKey;
import io.burnish.tracking.decision.KeyLookup;
import io.burnish.tracking.decision.PriorResult;
import io.burnish.tracking.decision.Tracked;
import io.burnish.tracking.decision.TrackedDecision;
import io.burnish.tracking.decision.TrackedOverview;
import io.burnish.tracking.decision.TrackingScope;
import io.burnish.tracking.legacy.StateFile;
import io.burnish.tracking.legacy.StateFileExport;
import io.burnish.tracking.legacy.StateFileImport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prior decisions, by content and by key. Each method takes part in the caller's transaction or has
 * one of its own; methods that may concern very many contents use several. Thread-safe.
 *
 * <p>Providers are kept apart: decisions of one provider are neither used, counted, exported nor
 * deleted by a replica of another.
 */
@Singleton
public class Tracking {

  /** Contents of one key that {@link #byKey} returns at most; a key reused daily has hundreds. */
  public static final int SHOWN_OF_KEY = 1_000;

  private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(5);

  private final Sql sql;
  private final String provider;

  Tracking(Sql sql, TrackingScopes scopes) {
    this.sql = sql;
    this.provider = scopes.provider();
  }

  /**
   * The prior decisions about these contents; contents without one are not in the map. Results are
   * read up to {@value Lookup#MOST_BYTES} bytes in all, at least one; for the others {@link
   * PriorResult#unread()} is true.
   */
  public Map<Fingerprint, PriorResult> priorResults(
      String profile, Collection<Fingerprint> fingerprints) {
    return fingerprints.isEmpty()
        ? Map.of()
        : sql.run(connection -> Lookup.byContent(connection, profile, fingerprints));
  }

  /**
   * The prior decisions under these keys, whatever the content: a result if there is one,
   * preferably of the wanted content; else the entry of an imported state file; else the failure.
   * Keys without a decision are not in the map. Results are bounded as in {@link #priorResults}.
   *
   * @param scope whose decisions count
   */
  public Map<KeyLookup, PriorResult> priorResultsByKey(
      TrackingScope scope, String profile, List<KeyLookup> wanted) {
    return wanted.isEmpty()
        ? Map.of()
        : sql.run(connection -> Lookup.byKey(connection, scope, profile, wanted));
  }

  /**
   * Stores decisions. The latest replaces an older one, but a failure never replaces a result.
   * Decisions of jobs of another provider are ignored: their fingerprints name that provider.
   */
  public void save(List<TrackedDecision> decisions) {
    List<TrackedDecision> own =
        decisions.stream().filter(decided -> decided.scope().provider().equals(provider)).toList();
    if (own.isEmpty()) {
      return;
    }
    Set<EnhancementKey> named = sql.run(connection -> TrackingWriter.save(connection, own));
    saveKeys(
        own.stream()
            .filter(decided -> decided.key() != null)
            .map(
                decided ->
                    new EnhancementKey(
                        decided.scope(),
                        decided.profile(),
                        decided.fingerprint(),
                        String.valueOf(decided.key())))
            .filter(key -> !named.contains(key))
            .toList());
  }

  /**
   * Stores keys of records that were resolved by a prior decision about their content, so that each
   * key can be looked up. Keys of contents without a decision, and of another provider, are
   * ignored.
   */
  public void saveKeys(List<EnhancementKey> settled) {
    List<EnhancementKey> own =
        settled.stream().filter(key -> key.scope().provider().equals(provider)).toList();
    if (!own.isEmpty()) {
      sql.run(connection -> TrackingWriter.saveKeys(connection, own));
    }
  }

  /**
   * Counts of decisions by profile; profiles without any are not in the map. Estimated from a
   * sample if counting takes longer than five seconds.
   *
   * @param owner only of this owner; null: of all
   */
  public TrackedOverview counts(@Nullable String owner) {
    return counts(owner, COUNT_TIMEOUT);
  }

  TrackedOverview counts(@Nullable String owner, Duration timeout) {
    try {
      return sql.run(connection -> Overview.counted(connection, provider, owner, timeout));
    } catch (DatabaseException e) {
      if (!e.isCancelled()) {
        throw e;
      }
      return sql.run(connection -> Overview.estimated(connection, provider, owner));
    }
  }

  /**
   * The decisions under a key, latest first, {@value #SHOWN_OF_KEY} at most; without the results.
   *
   * @param owner only of this owner; null: of all
   */
  public List<Tracked> byKey(@Nullable String owner, String key) {
    return sql.run(connection -> Overview.byKey(connection, provider, owner, key, SHOWN_OF_KEY));
  }

  /**
   * Deletes the decisions that match all conditions; all decisions if there is none. Finished jobs
   * keep their results. Every {@value TrackingDeletion#CHUNK} contents or keys are a transaction of
   * their own: decisions made meanwhile may stay, and after a failure a retry deletes the rest.
   *
   * @return how many contents and imported keys were deleted
   */
  public int delete(TrackingDeletion which) {
    return which.delete(sql, provider);
  }

  /**
   * Deletes the decisions about the records of a job, in one transaction or in the caller's.
   *
   * @return how many contents and imported keys were deleted
   */
  public int delete(TrackingOfJob decisions) {
    return sql.run(decisions::delete);
  }

  /**
   * Imports a state file for a profile of an owner, completely or not at all. Existing decisions
   * stay; a key in both lists is processed; the counts of 429s are replaced. Importing the same
   * file twice changes nothing. Holds 10,000 ids in memory at a time, and hashes of the others.
   */
  public void importState(TrackingScope scope, String profile, StateFile file) {
    sql.run(
        connection ->
            new StateFileImport(scope.provider(), scope.owner(), profile).write(connection, file));
  }

  /**
   * Exports the keys of a profile of an owner, imported or decided here: processed if any content
   * under the key is, else failed. The memory needed does not grow with the file, which is written
   * to disk first, so that the database does not wait for a slow reader.
   *
   * @param out receives the whole file, or nothing if the database fails
   * @throws IOException when writing to the disk or to {@code out} fails
   */
  public void exportState(TrackingScope scope, String profile, OutputStream out)
      throws IOException {
    new StateFileExport(sql, scope.provider(), scope.owner()).write(profile, out);
  }
}
