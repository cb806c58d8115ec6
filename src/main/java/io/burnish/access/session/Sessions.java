package io.burnish.access.session;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.access.key.KeyLookup;
import io.burnish.access.key.KeySecret;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people who signed in, with a key or by an OpenID Connect provider. A session ends
 * after {@link #LONGEST}. That of a key ends with the key: each request looks the key up again, as
 * if it was sent. That of a provider has the caller itself; it is valid under {@code
 * BURNISH_AUTH=oidc} only. The database has the SHA-256 of the id, and neither the id, nor the key,
 * nor a token. Thread-safe.
 */
@Singleton
public class Sessions {

  /** Time after which a session ends. */
  public static final Duration LONGEST = Duration.ofHours(12);

  private static final String REMOVE_ENDED =
      "DELETE FROM access_session WHERE ends_at <= clock_timestamp()";

  private static final String INSERT =
      """
      INSERT INTO access_session (sha256, secret_sha256, admin_proof, who, role, owner, ends_at)
      VALUES (?, ?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
      """;

  private static final String FIND =
      """
      SELECT secret_sha256, admin_proof, who, role, owner FROM access_session
      WHERE sha256 = ? AND ends_at > clock_timestamp()
      """;

  private static final String REMOVE = "DELETE FROM access_session WHERE sha256 = ?";

  private final Sql sql;
  private final AccessConfig config;
  private final KeyLookup keys;

  Sessions(Sql sql, AccessConfig config, KeyLookup keys) {
    this.sql = sql;
    this.config = config;
    this.keys = keys;
  }

  /**
   * What opened a session. Of {@code BURNISH_ADMIN_KEY} there is a proof, of any other key the hash
   * of its secret, of an OpenID Connect provider the caller that it named.
   */
  private record Origin(
      byte @Nullable [] secretHash, byte @Nullable [] adminProof, @Nullable Caller named) {}

  /**
   * Opens a session for a key.
   *
   * @return the id, for the cookie of the browser; empty when this is no valid key
   */
  public Optional<String> open(String key) {
    String id = KeySecret.random();
    if (isAdminKey(key)) {
      store(id, new Origin(null, SessionToken.digest(id, key), null));
    } else if (KeySecret.isWellFormed(key) && keys.find(KeySecret.hash(key)).isPresent()) {
      store(id, new Origin(KeySecret.hash(key), null, null));
    } else {
      return Optional.empty();
    }
    return Optional.of(id);
  }

  /**
   * Opens a session for a caller that the OpenID Connect provider has named.
   *
   * @return the id, for the cookie of the browser
   */
  public String open(Caller caller) {
    String id = KeySecret.random();
    store(id, new Origin(null, null, caller));
    return id;
  }

  private void store(String id, Origin origin) {
    Optional<Caller> named = Optional.ofNullable(origin.named());
    sql.run(
        connection -> {
          try (PreparedStatement ended = connection.prepareStatement(REMOVE_ENDED);
              PreparedStatement statement = connection.prepareStatement(INSERT)) {
            ended.executeUpdate();
            statement.setBytes(1, KeySecret.hash(id));
            statement.setBytes(2, origin.secretHash());
            statement.setBytes(3, origin.adminProof());
            statement.setString(4, named.map(Caller::name).orElse(null));
            statement.setString(5, named.map(caller -> caller.role().word()).orElse(null));
            statement.setString(6, named.map(Caller::owner).orElse(null));
            statement.setLong(7, LONGEST.toSeconds());
            return statement.executeUpdate();
          }
        });
  }

  /** The caller of a session; empty when it ended, or its key is no longer valid. */
  public Optional<Caller> find(String id) {
    return origin(KeySecret.hash(id)).flatMap(origin -> caller(id, origin));
  }

  /** Ends a session; no effect when there is none. */
  public void close(String id) {
    sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setBytes(1, KeySecret.hash(id));
            return statement.executeUpdate();
          }
        });
  }

  private Optional<Caller> caller(String id, Origin origin) {
    Caller named = origin.named();
    if (named != null) {
      return Optional.of(named).filter(caller -> config.auth() == AuthMode.OIDC);
    }
    byte[] secret = origin.secretHash();
    if (secret != null) {
      return keys.cached(secret).or(() -> keys.find(secret));
    }
    return config
        .adminKey()
        .filter(key -> MessageDigest.isEqual(SessionToken.digest(id, key), origin.adminProof()))
        .map(key -> Caller.ADMIN_KEY);
  }

  private boolean isAdminKey(String key) {
    return config.adminKey().filter(admin -> KeySecret.areEqual(admin, key)).isPresent();
  }

  private Optional<Origin> origin(byte[] hash) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setBytes(1, hash);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(origin(row)) : Optional.empty();
            }
          }
        });
  }

  private static Origin origin(ResultSet row) throws SQLException {
    String owner = row.getString("owner");
    return new Origin(
        row.getBytes("secret_sha256"),
        row.getBytes("admin_proof"),
        owner == null
            ? null
            : new Caller(
                row.getString("who"), Role.of(row.getString("role")).orElseThrow(), owner));
  }
}
