package io.burnish.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The identity of a question: two records with the same fingerprint would be asked the same, and
 * may share an answer. Or that of a key, for owners who say that a key is enough.
 *
 * @param hex SHA-256 as 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  /**
   * Takes the fingerprint; the order of keys does not matter, the notation of numbers and every
   * character of text does.
   *
   * @param namespace keeps results apart that must never be mistaken for each other, such as simulated
   *     and real ones
   * @param profile name of the profile
   * @param profileVersion its version
   * @param promptVersion the version of its prompt
   * @param fieldsRead what the model reads of the record
   */
  public static Fingerprint of(
      String namespace, String profile, int profileVersion, String promptVersion, JsonNode fieldsRead) {
    ArrayNode identity = RecordJson.object().putArray("identity");
    identity.add(namespace).add(profile).add(profileVersion).add(promptVersion);
    identity.add(fieldsRead);
    return new Fingerprint(DigestUtils.sha256Hex(RecordJson.writeCanonical(identity)));
  }

  /**
   * The identity of a record by its owner's key alone, whatever it says. No content has the same.
   *
   * @param namespace keeps apart what must never be mistaken for each other, as with contents
   * @param profile name of the profile
   * @param key the owner's key
   */
  public static Fingerprint ofKey(String namespace, String profile, String key) {
    ArrayNode identity = RecordJson.object().putArray("key");
    identity.add(namespace).add(profile).add(key);
    return new Fingerprint(DigestUtils.sha256Hex(RecordJson.writeCanonical(identity)));
  }

  /** The SHA-256 itself: 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

}
