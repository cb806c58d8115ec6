package io.burnish.access.session;

import java.util.Base64;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * The token that a page sends with each change, against forged requests (CSRF). It follows from the
 * id of the session, so it is not stored, and the id does not follow from it.
 */
public final class SessionToken {

  /** Name of the header that has the token. */
  public static final String HEADER = "X-CSRF-Token";

  private SessionToken() {}

  /**
   * The token of a session.
   *
   * @param id as the browser has it in its cookie
   */
  public static String of(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(id, "csrf"));
  }

  /** HMAC-SHA256 of a text, with the id of a session as its key. */
  static byte[] digest(String id, String text) {
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, id).hmac(text);
  }
}
