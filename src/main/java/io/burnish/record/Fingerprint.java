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
 * Identity by content: two records with the same fingerprint would be asked about in the same
 * words.
 *
 * @param hex SHA-256, 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  /**
   * The fingerprint of what is read of a record.
   *
   * @param realm whose answers count: those of the simulated provider must never be taken for a
   *     real one's
   * @param profile name of the profile
   * @param profileVersion its version
   * @param promptVersion its prompt's version
   * @param fields what the model reads; the order of keys does not count
   */
  public static Fingerprint of(
      String realm, String profile, int profileVersion, String promptVersion, JsonNode fields) {
    ObjectNode identity = RecordJson.object();
    identity.put("realm", realm);
    identity.put("profile", profile);
    identity.put("version", profileVersion);
    identity.put("prompt", promptVersion);
    identity.set("fields", sorted(fields));
    return new Fingerprint(sha256(RecordJson.write(identity)));
  }

  private static JsonNode sorted(JsonNode value) {
    if (value instanceof ObjectNode object) {
      TreeMap<String, JsonNode> byName = new TreeMap<>();
      object.properties().forEach(field -> byName.put(field.getKey(), sorted(field.getValue())));
      ObjectNode sorted = RecordJson.object();
      byName.forEach(sorted::set);
      return sorted;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode sorted = list.arrayNode();
      list.forEach(member -> sorted.add(sorted(member)));
      return sorted;
    }
    return value;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
