package io.burnish.access.key;

import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored key, without its secret.
 *
 * @param id of the key; stays the same when the key is rotated
 * @param name for people
 * @param role what it may do
 * @param owner whose jobs it sees and posts
 * @param limits what it may use
 * @param directories paths below the data directory that it may name
 * @param createdAt when it was created
 * @param createdBy name of the caller who created it
 * @param expiresAt when it is refused from; null: never
 * @param revokedAt when it was revoked; null: it was not
 * @param lastUsedAt last use, up to a minute old; null: never used
 * @param expired whether it is expired by the clock of the database
 */
public record AccessKey(
    UUID id,
    String name,
    Role role,
    String owner,
    KeyLimits limits,
    List<String> directories,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    boolean expired) {

  /**
   * A key that was created or rotated, with its secret.
   *
   * @param key the key
   * @param secret what the client sends; not stored, so it is shown this once
   */
  public record WithSecret(AccessKey key, String secret) {

    /** Without the secret, so that no log line has it. */
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** {@code active}, {@code expired} or {@code revoked}. */
  public String state() {
    return revokedAt != null ? "revoked" : expired ? "expired" : "active";
  }
}
