package io.burnish.api.input;

import io.burnish.api.problem.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The header Idempotency-Key. */
public final class IdempotencyKey {

  /** Its name; with its value, the client identifies a job. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7E]{1,200}");

  private IdempotencyKey() {}

  /**
   * The key, after validation.
   *
   * @throws InvalidQueryException when it is empty, too long, or has other characters than visible
   *     ASCII
   */
  public static String checked(String key) {
    if (!ALLOWED.matcher(key).matches()) {
      throw new InvalidQueryException(
          HEADER, "must be 1 to 200 visible ASCII characters, such as a UUID");
    }
    return key;
  }

  /** One hash of several texts; the boundaries between them count. */
  public static String hash(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
