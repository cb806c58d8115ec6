package io.burnish.tracking;

import io.burnish.database.DatabaseException;
import io.burnish.database.Sql;
import io.burnish.record.Fingerprint;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room: what was decided before, by content and by key. Each method takes part in
 * the caller's transaction, or has one of its own; what may concern very many contents has several.
 * Thread-safe.
 *
 * <p>Providers are kept apart: what one answered is not known, counted, exported or forgotten where
 * another answers.
 */
@Singleton
public class Tracking {

  /** Contents of one key that are shown at most; a key that is reused daily has hundreds. */
  public static final int SHOWN_OF_KEY = 1_000;

  private static final Duration COUNTING = Duration.ofSeconds(5);

  private final Sql sql;
  private final String provider;

  Tracking(Sql sql, TrackingConfig config) {
    this.sql = sql;
    this.provider = config.provider().toLowerCase(Locale.ROOT);
  }

  /** Whose answers are tracked here: {@code groq} or {@code simulated}. */
  public String provider() {
    return provider;
  }

  /**
   * What is known of these contents; those nothing is known of are not in the map. Results are read
   * up to {@value Lookup#MOST_BYTES} bytes in all, and one at least: of the others, {@link
   * Known#unread()} is true.
   */
  public Map<Fingerprint, PriorResult> priorResults(
      String profile, Collection<Fingerprint> fingerprints) {
    return fingerprints.isEmpty()
        ? Map.of()
        : sql.run(connection -> Lookup.byContent(connection, profile, fingerprints));
  }

  /**
   * What is known under these keys, whatever the content: a result, if there is one, the wanted
   * content's before all; else what an imported state file says; else why it failed. Keys nothing
   * is known of are not in the map. Results are bounded as those of {@link #priorResults}.
   *
   * @param provider whose answers count
   */
  public Map<KeyLookup, PriorResult> priorResultsByKey(
      String provider, String profile, List<KeyLookup> wanted) {
    return wanted.isEmpty()
        ? Map.of()
        : sql.run(connection -> Lookup.byKey(connection, provider, profile, wanted));
  }

  /**
   * Remembers decisions; the latest counts, but a failure never takes the place of a success. A
   * decision of a job that another provider should have answered is not remembered: its fingerprint
   * says that it is that provider's, and it is not.
   */
  public void save(List<TrackedDecision> decisions) {
    List<TrackedDecision> own =
        decisions.stream().filter(decided -> decided.provider().equals(provider)).toList();
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
                        decided.provider(),
                        decided.profile(),
                        decided.fingerprint(),
                        String.valueOf(decided.key())))
            .filter(key -> !named.contains(key))
            .toList());
  }

  /**
   * Remembers keys whose records were settled by what is known of their content: each key can then
   * be looked up, although the content was decided for another. Contents that are not known are
   * passed over, and so is what another provider answered.
   */
  public void saveKeys(List<EnhancementKey> settled) {
    List<EnhancementKey> own =
        settled.stream().filter(key -> key.provider().equals(provider)).toList();
    if (!own.isEmpty()) {
      sql.run(connection -> TrackingWriter.saveKeys(connection, own));
    }
  }

  /**
   * What is tracked, by profile; profiles of which nothing is are not in the map. Estimated from a
   * sample where counting takes longer than five seconds.
   */
  public TrackedOverview counts() {
    return counts(COUNTING);
  }

  TrackedOverview counts(Duration atMost) {
    try {
      return sql.run(connection -> Overview.counted(connection, provider, atMost));
    } catch (DatabaseException e) {
      if (!e.isCancelled()) {
        throw e;
      }
      return sql.run(connection -> Overview.estimated(connection, provider));
    }
  }

  /**
   * All that is known of a key, the latest first, {@value #SHOWN_OF_KEY} at most; without the
   * results.
   */
  public List<Tracked> byKey(String key) {
    return sql.run(connection -> Overview.byKey(connection, provider, key, SHOWN_OF_KEY));
  }

  /**
   * Forgets what fits all that is given; everything when nothing is. Finished jobs keep their
   * results. Each {@value Forgetting#CHUNK} contents or keys go in a transaction of their own: what
   * is decided meanwhile may stay, and a failure leaves the rest, which another try forgets.
   *
   * @param profile of this profile, or null
   * @param state that ended so, or null
   * @param key that is known under this key, or null
   * @return how many contents and imported keys were forgotten
   */
  public int delete(@Nullable String profile, @Nullable TrackedState state, @Nullable String key) {
    return new TrackingDeletion(profile, state, key).delete(sql, provider);
  }

  /** {@link #delete} without any condition. */
  public int deleteAll() {
    return TrackingDeletion.EVERYTHING.delete(sql, provider);
  }

  /**
   * Takes over what a state file lists, for a profile. What is tracked already stays, and what both
   * lists name is processed; the counts of 429s are the file's. The same file twice changes
   * nothing. Holds 10,000 ids in memory at a time, and hashes of the others; all of the file is
   * taken over, or nothing.
   */
  public void importState(String profile, StateFile file) {
    sql.run(connection -> Imports.write(connection, provider, profile, file));
  }

  /**
   * Writes the keys of a profile that are tracked, imported or decided here: processed if any
   * content under the key is, else failed. Takes as much memory for many as for few: the file is
   * written to the disk first, so that the database does not wait for a slow reader.
   *
   * @param out takes the whole file, or nothing when the database fails
   * @throws IOException when the disk or {@code out} does not take it
   */
  public void exportState(String profile, OutputStream out) throws IOException {
    new Exports(sql, provider).write(profile, out);
  }
}
