package io.burnish.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.access.caller.KeyLimits;
import io.burnish.access.key.AccessKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key, without its secret.
 *
 * @param id of the key
 * @param name for people
 * @param role {@code read}, {@code submit} or {@code admin}
 * @param owner whose jobs it sees and posts
 * @param limits what it may use
 * @param directories paths below the data directory that it may name in dataDir
 * @param state {@code active}, {@code expired} or {@code revoked}
 * @param createdAt when it was created
 * @param createdBy name of the caller who created it
 * @param expiresAt when it is refused from; null: never
 * @param revokedAt when it was revoked; null: it was not
 * @param lastUsedAt last use, up to a minute old; null: never used
 */
@JsonInclude
public record KeyView(
    UUID id,
    String name,
    String role,
    String owner,
    Limits limits,
    List<String> directories,
    String state,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  static KeyView of(AccessKey key) {
    return new KeyView(
        key.id(),
        key.name(),
        key.role().word(),
        key.owner(),
        Limits.of(key.limits()),
        key.directories(),
        key.state(),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt(),
        key.revokedAt(),
        key.lastUsedAt());
  }

  /**
   * What a key may use; null: no limit.
   *
   * @param openJobs jobs that are not finished
   * @param records of a job
   * @param bodyBytes of a posted job, after decompression
   * @param costPerDay US$ that the jobs it posts in a UTC day may cost
   * @param requestsPerSecond for each replica
   */
  @JsonInclude
  public record Limits(
      @Nullable Integer openJobs,
      @Nullable Integer records,
      @Nullable Long bodyBytes,
      @Nullable BigDecimal costPerDay,
      @Nullable Integer requestsPerSecond) {

    static Limits of(KeyLimits limits) {
      return new Limits(
          limits.openJobs(),
          limits.records(),
          limits.bodyBytes(),
          limits.costPerDay(),
          limits.requestsPerSecond());
    }
  }

  /**
   * A key that was created or rotated.
   *
   * @param key the key
   * @param secret what the client sends after {@code Authorization: Bearer}; shown this once
   */
  public record WithSecret(KeyView key, String secret) {

    static WithSecret of(AccessKey.WithSecret created) {
      return new WithSecret(KeyView.of(created.key()), created.secret());
    }

    @Override
    public String toString() {
      return key.toString();
    }
  }

  /**
   * A page of the keys.
   *
   * @param keys newest first
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude
  public record Page(List<KeyView> keys, @Nullable String next) {}

  /**
   * A key that was revoked.
   *
   * @param key the key
   * @param pausedJobs how many of its jobs were paused now
   */
  public record Revoked(KeyView key, int pausedJobs) {}
}
