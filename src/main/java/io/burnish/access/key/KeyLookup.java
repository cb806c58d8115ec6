package io.burnish.access.key;

import io.burnish.access.caller.Caller;
import io.burnish.database.DatabaseException;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Finds the caller of a key. Callers are cached for a second, so that a revoked or expired key is
 * refused by every replica within that time. Refusals are not cached. Thread-safe.
 */
@Singleton
public class KeyLookup {

  private static final Logger LOG = Logger.getLogger(KeyLookup.class);

  private static final long CACHED_NANOS = Duration.ofSeconds(1).toNanos();

  /** Callers in the cache at most; then it is emptied. */
  private static final int MOST_CACHED = 10_000;

  /** Two index lookups. */
  private static final String FIND =
      """
      SELECT %s, COALESCE(k.last_used_at < clock_timestamp() - interval '1 minute', true) AS use_is_old
      FROM access_key_secret s JOIN access_key k ON k.id = s.key_id
      WHERE s.sha256 = ? AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())
        AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
      """
          .formatted(KeyRow.OF_CALLER);

  private static final String USED =
      """
      UPDATE access_key SET last_used_at = clock_timestamp()
      WHERE id = ? AND COALESCE(last_used_at < clock_timestamp() - interval '1 minute', true)
      """;

  private static final String ANY =
      """
      SELECT EXISTS (
        SELECT FROM access_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp()))
      """;

  private final Sql sql;
  private final Map<String, Cached> cache = new ConcurrentHashMap<>();

  KeyLookup(Sql sql) {
    this.sql = sql;
  }

  private record Cached(Caller caller, long since) {}

  private record Found(Caller caller, UUID key, boolean useIsOld) {}

  /** The caller, if it was found within the last second. Does not block. */
  public Optional<Caller> cached(byte[] hash) {
    return Optional.ofNullable(cache.get(HexFormat.of().formatHex(hash)))
        .filter(cached -> System.nanoTime() - cached.since() < CACHED_NANOS)
        .map(Cached::caller);
  }

  /**
   * The caller of the secret with this hash; empty when no valid key has it.
   *
   * @throws DatabaseException when the database is unavailable
   */
  public Optional<Caller> find(byte[] hash) {
    long start = System.nanoTime();
    Optional<Found> found = sql.run(connection -> find(connection, hash));
    found.ifPresent(
        key -> {
          if (cache.size() >= MOST_CACHED) {
            cache.clear();
          }
          cache.put(HexFormat.of().formatHex(hash), new Cached(key.caller(), start));
          if (key.useIsOld()) {
            storeUse(key.key());
          }
        });
    return found.map(Found::caller);
  }

  /** Empties the cache of this replica. */
  void forget() {
    cache.clear();
  }

  /** Whether there is any valid key. */
  public boolean isAnyValid() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ANY);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
          }
        });
  }

  private static Optional<Found> find(Connection connection, byte[] hash) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setBytes(1, hash);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Found(
                KeyRow.caller(row), row.getObject("id", UUID.class), row.getBoolean("use_is_old")));
      }
    }
  }

  /** A request is answered although its use can't be stored, such as by a read-only database. */
  private void storeUse(UUID id) {
    try {
      sql.run(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(USED)) {
              statement.setObject(1, id);
              return statement.executeUpdate();
            }
          });
    } catch (DatabaseException e) {
      LOG.debugf("The last use of key %s is not stored: %s", id, e.getMessage());
    }
  }
}
