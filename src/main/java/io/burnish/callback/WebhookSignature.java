package io.burnish.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures by the Standard Webhooks specification, version 1: HMAC-SHA256 over id, timestamp and
 * body. Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md, read 2026-11.
 */
final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";

  /** Of secrets that are bytes in Base64. */
  static final String PREFIX = "whsec_";

  private final byte[] key;

  /**
   * @param secret {@code whsec_} and the key in Base64; another text is the key itself
   * @throws IllegalArgumentException when what follows the prefix is not Base64
   */
  WebhookSignature(String secret) {
    this.key =
        secret.startsWith(PREFIX)
            ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
  }

  /** The value of the header {@code webhook-signature}. */
  String of(String id, Instant timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      String signed = "%s.%d.%s".formatted(id, timestamp.getEpochSecond(), body);
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
