package io.burnish.access.key;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The secret part of a key: {@code bk_} and 256 random bits. The database has only its SHA-256. A
 * slow hash with a salt protects passwords, which people choose and attackers guess. 256 random
 * bits can't be guessed, however fast each guess is, so a slow hash would only make each request
 * slow.
 */
public final class KeySecret {

  private static final int RANDOM_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("bk_[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeySecret() {}

  /** A new secret, for the client. */
  static String create() {
    return "bk_" + random();
  }

  /** 256 random bits, in 43 characters out of A-Z, a-z, 0-9, - and _. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a text can be a secret; no other is looked for in the database. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /** SHA-256 of the text. */
  public static byte[] hash(String text) {
    return DigestUtils.sha256(text);
  }

  /** Whether two texts are equal; the time does not depend on where they differ. */
  public static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(hash(one), hash(other));
  }
}
