package io.burnish.simulator.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A digest of the fields of a record as sent, except its ref and its problems. It identifies the
 * same record in other calls. Stateless.
 */
public final class RecordDigest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 8;

  private RecordDigest() {}

  /** The digest as sixteen hexadecimal digits. */
  public static String hex(JsonNode record) {
    return HexFormat.of().formatHex(bytes(record));
  }

  /** A number from 0 to 1, exclusive, that is evenly spread and the same each time for a record. */
  public static double share(String record) {
    byte[] bytes = bytes(read(record));
    return ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) / 65_536.0;
  }

  /** Parses a record that was JSON when it arrived. */
  public static JsonNode read(String record) {
    try {
      return JSON.readTree(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that was JSON is none now", e);
    }
  }

  private static byte[] bytes(JsonNode record) {
    JsonNode content = record.deepCopy();
    if (content instanceof ObjectNode fields) {
      fields.remove("ref");
      fields.remove("problems");
    }
    return Arrays.copyOf(DigestUtils.sha256(content.toString()), BYTES);
  }
}
