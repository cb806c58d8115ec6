package io.burnish.job.stored;

import io.burnish.job.spec.Idempotency;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.HexFormat;

/**
 * Under what Idempotency-Key a job was posted. Once the job is removed, the key is free.
 *
 * @param key the Idempotency-Key
 * @param bodyHash SHA-256 of the request
 */
@Embeddable
record StoredIdempotency(
    @Column(name = "idempotency_key", updatable = false) String key,
    @Column(name = "body_hash", updatable = false) byte[] bodyHash) {

  static StoredIdempotency of(Idempotency idempotency) {
    return new StoredIdempotency(idempotency.key(), HexFormat.of().parseHex(idempotency.sha256()));
  }

  /** Whether both the key and the hash are those of this job. */
  boolean is(Idempotency idempotency) {
    return new Idempotency(key, HexFormat.of().formatHex(bodyHash)).equals(idempotency);
  }
}
