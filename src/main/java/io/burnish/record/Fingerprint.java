package io.burnish.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

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
   * @param realm keeps results apart that must never be mistaken for each other, such as simulated
   *     and real ones
   * @param profile name of the profile
   * @param profileVersion its version
   * @param promptVersion the version of its prompt
   * @param fieldsRead what the model reads of the record
   */
  public static Fingerprint of(
      String realm, String profile, int profileVersion, String promptVersion, JsonNode fieldsRead) {
    ArrayNode identity = RecordJson.object().putArray("identity");
    identity.add(realm).add(profile).add(profileVersion).add(promptVersion);
    identity.add(withKeysSorted(fieldsRead));
    return new Fingerprint(sha256(RecordJson.write(identity)));
  }

  /**
   * The identity of a record by its owner's key alone, whatever it says. No content has the same.
   *
   * @param realm keeps apart what must never be mistaken for each other, as with contents
   * @param profile name of the profile
   * @param key the owner's key
   */
  public static Fingerprint ofKey(String realm, String profile, String key) {
    ArrayNode identity = RecordJson.object().putArray("key");
    identity.add(realm).add(profile).add(key);
    return new Fingerprint(sha256(RecordJson.write(identity)));
  }

  /** The SHA-256 itself: 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  private static JsonNode withKeysSorted(JsonNode value) {
    if (value instanceof ObjectNode object) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      ObjectNode result = RecordJson.object();
      sorted.forEach((key, member) -> result.set(key, withKeysSorted(member)));
      return result;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode result = array.arrayNode(array.size());
      array.forEach(member -> result.add(withKeysSorted(member)));
      return result;
    }
    return value;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
