package io.burnish.callback;

import io.burnish.database.BoundStatement;
import io.burnish.database.DefaultOwner;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The secrets that sign callbacks: each owner has its own, so that none can forge those of another.
 * The owner {@code default} has that of {@code BURNISH_WEBHOOK_SECRET} until it creates one. A
 * secret that was replaced signs for a day more. Thread-safe.
 */
@Singleton
public class CallbackSecrets {

  /** As the Standard Webhooks specification asks: 24 to 64 random bytes. */
  private static final int BYTES = 32;

  private static final String READ =
      """
      SELECT secret, bool_and(created_at > clock_timestamp() - interval '1 day') OVER () AS all_new
      FROM callback_secret WHERE owner = ? AND (valid_until IS NULL OR valid_until > clock_timestamp())
      ORDER BY id DESC
      """;

  private static final String FORGET_OLD =
      "DELETE FROM callback_secret WHERE owner = ? AND valid_until <= clock_timestamp()";

  private static final String LIMIT =
      "UPDATE callback_secret SET valid_until = clock_timestamp() + interval '1 day' WHERE owner = ? AND valid_until IS NULL";

  private static final String ADD =
      "INSERT INTO callback_secret (owner, created_by, secret) VALUES (?, ?, ?)";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Sql sql;
  private final Optional<String> configured;

  CallbackSecrets(Sql sql, CallbackConfig config) {
    this.sql = sql;
    this.configured = config.secret().filter(secret -> !secret.isBlank());
    configured.ifPresent(WebhookSignature::new);
  }

  /**
   * Creates a secret. The present one of the owner signs for a day more.
   *
   * @param createdBy name of the caller
   * @return the secret; it is not shown again
   */
  public String create(String owner, String createdBy) {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    String secret = WebhookSignature.PREFIX + Base64.getEncoder().encodeToString(key);
    sql.run(
        connection -> {
          BoundStatement.of(FORGET_OLD, owner).update(connection);
          BoundStatement.of(LIMIT, owner).update(connection);
          return BoundStatement.of(ADD, owner, createdBy, secret).update(connection);
        });
    return secret;
  }

  /** Whether callbacks of the owner can be signed. */
  boolean has(String owner) {
    return !of(owner).isEmpty();
  }

  /** The secrets that sign callbacks of the owner now, newest first; empty: there is none. */
  List<WebhookSignature> of(String owner) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, owner);
            List<WebhookSignature> secrets = new ArrayList<>();
            boolean allNew = true;
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                secrets.add(new WebhookSignature(rows.getString("secret")));
                allNew = rows.getBoolean("all_new");
              }
            }
            if (DefaultOwner.is(owner) && allNew) {
              configured.map(WebhookSignature::new).ifPresent(secrets::add);
            }
            return secrets;
          }
        });
  }
}
