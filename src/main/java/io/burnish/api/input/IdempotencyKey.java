package io.burnish.api.input;

import io.burnish.api.problem.InvalidQueryException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

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
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      joined.append(part.length()).append(':').append(part);
    }
    return DigestUtils.sha256Hex(joined.toString());
  }
}
