package io.burnish.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Identifies what a record asks: two records with the same fingerprint get the same question, and
 * may share a result. With {@code dedupe: id} it identifies the record key alone.
 *
 * @param hex SHA-256 as 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  /**
   * The fingerprint of a record's content. The order of keys does not matter; the notation of
   * numbers and every character of text do.
   *
   * @param namespace keeps results apart that must never be mixed, such as simulated and real ones
   * @param profile name of the profile
   * @param profileVersion its version
   * @param promptVersion version of its prompt
   * @param fieldsRead the fields of the record that the model reads
   */
  public static Fingerprint of(
      String namespace,
      String profile,
      int profileVersion,
      String promptVersion,
      JsonNode fieldsRead) {
    ArrayNode identity = RecordJson.object().putArray("identity");
    identity.add(namespace).add(profile).add(profileVersion).add(promptVersion);
    identity.add(fieldsRead);
    return new Fingerprint(DigestUtils.sha256Hex(RecordJson.writeCanonical(identity)));
  }

  /**
   * The fingerprint of a record key. It differs from that of any content.
   *
   * @param namespace as for contents
   * @param profile name of the profile
   * @param key the record key
   */
  public static Fingerprint ofKey(String namespace, String profile, String key) {
    ArrayNode identity = RecordJson.object().putArray("key");
    identity.add(namespace).add(profile).add(key);
    return new Fingerprint(DigestUtils.sha256Hex(RecordJson.writeCanonical(identity)));
  }

  /** The SHA-256 as 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
