package io.burnish.access.key;

import io.burnish.access.caller.KeyLimits;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/** Creates, lists, rotates and revokes keys. Thread-safe. */
@Singleton
public class Keys {

  private static final String INSERT =
      """
      INSERT INTO access_key AS k
        (id, name, role, owner, created_by, expires_at, max_open_jobs, max_records, max_body_bytes, max_cost_per_day,
         max_requests_per_second, directories)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING
      """
          + KeyRow.OF_KEY;

  private static final String INSERT_SECRET =
      "INSERT INTO access_key_secret (sha256, key_id) VALUES (?, ?)";

  private static final String NEWEST =
      "SELECT "
          + KeyRow.OF_KEY
          + " FROM access_key k WHERE ?::uuid IS NULL OR id < ?::uuid ORDER BY id DESC LIMIT ?";

  private static final String LOCK =
      "SELECT " + KeyRow.OF_KEY + " FROM access_key k WHERE id = ? FOR UPDATE";

  private static final String REVOKE =
      "UPDATE access_key k SET revoked_at = COALESCE(revoked_at, clock_timestamp()) WHERE id = ? RETURNING "
          + KeyRow.OF_KEY;

  private static final String FORGET_OLD_SECRETS =
      "DELETE FROM access_key_secret WHERE key_id = ? AND valid_until <= clock_timestamp()";

  private static final String LIMIT_SECRETS =
      """
      UPDATE access_key_secret SET valid_until = clock_timestamp() + interval '1 day'
      WHERE key_id = ? AND valid_until IS NULL
      """;

  private final Sql sql;
  private final KeyLookup lookup;

  Keys(Sql sql, KeyLookup lookup) {
    this.sql = sql;
    this.lookup = lookup;
  }

  /** Creates a key. */
  public AccessKey.WithSecret create(NewKey key, String createdBy) {
    String secret = KeySecret.create();
    return sql.run(
        connection -> {
          AccessKey created = insert(connection, key, createdBy);
          addSecret(connection, created.id(), secret);
          return new AccessKey.WithSecret(created, secret);
        });
  }

  /**
   * Keys, newest first.
   *
   * @param before only keys that are older than the one with this id; null: all
   * @param limit keys at most; over 0
   */
  public List<AccessKey> newest(@Nullable UUID before, int limit) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setObject(1, before);
            statement.setObject(2, before);
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
              List<AccessKey> keys = new ArrayList<>();
              while (rows.next()) {
                keys.add(KeyRow.key(rows));
              }
              return keys;
            }
          }
        });
  }

  /**
   * Revokes a key: this replica refuses it at once, others within a second. No effect on a key that
   * is revoked.
   *
   * @return the key as it is now; empty when there is none
   */
  public Optional<AccessKey> revoke(UUID id) {
    Optional<AccessKey> revoked = sql.run(connection -> one(connection, REVOKE, id));
    lookup.forget();
    return revoked;
  }

  /**
   * Gives a key a new secret. The present one is valid for a day more.
   *
   * @return the key, with the new secret if it is active; empty when there is none
   */
  public Optional<AccessKey.WithSecret> rotate(UUID id) {
    String secret = KeySecret.create();
    return sql.run(
        connection -> {
          Optional<AccessKey> key = one(connection, LOCK, id);
          if (key.isEmpty() || !key.get().state().equals("active")) {
            return key.map(ended -> new AccessKey.WithSecret(ended, ""));
          }
          update(connection, FORGET_OLD_SECRETS, id);
          update(connection, LIMIT_SECRETS, id);
          addSecret(connection, id, secret);
          return Optional.of(new AccessKey.WithSecret(key.get(), secret));
        });
  }

  private static AccessKey insert(Connection connection, NewKey key, String createdBy)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, UuidVersion7Strategy.INSTANCE.generateUuid(null));
      statement.setString(2, key.name());
      statement.setString(3, key.role().word());
      statement.setString(4, key.owner());
      statement.setString(5, createdBy);
      Instant end = key.expiresAt();
      statement.setObject(6, end == null ? null : OffsetDateTime.ofInstant(end, ZoneOffset.UTC));
      KeyLimits limits = key.limits();
      statement.setObject(7, limits.openJobs());
      statement.setObject(8, limits.records());
      statement.setObject(9, limits.bodyBytes());
      statement.setBigDecimal(10, limits.costPerDay());
      statement.setObject(11, limits.requestsPerSecond());
      statement.setArray(12, connection.createArrayOf("text", key.directories().toArray()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return KeyRow.key(row);
      }
    }
  }

  private static void addSecret(Connection connection, UUID id, String secret) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_SECRET)) {
      statement.setBytes(1, KeySecret.hash(secret));
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  private static Optional<AccessKey> one(Connection connection, String text, UUID id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(KeyRow.key(row)) : Optional.empty();
      }
    }
  }

  private static void update(Connection connection, String text, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }
}
