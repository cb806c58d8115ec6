package io.burnish.job.post;

import java.util.UUID;

/** Another request was posted before under the same Idempotency-Key. Nothing was stored. */
public final class KeyReusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyReusedException(String key, UUID job) {
    super(
        "the Idempotency-Key \"%s\" was used for job %s, with another body; post this one under a key of its own"
            .formatted(key, job));
  }
}
