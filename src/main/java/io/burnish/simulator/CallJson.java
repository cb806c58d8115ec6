package io.burnish.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A call as one JSON object, for the log and the control API. Of each record it has the ref, the
 * title, whether it was asked again, and a digest of the fields that were sent, by which the same
 * record is known in another call. Stateless.
 */
final class CallJson {

  private static final int DIGEST_BYTES = 8;

  private CallJson() {}

  static ObjectNode of(SimulatedCall call) {
    ObjectNode json = Envelope.JSON.createObjectNode();
    json.put("at", call.at().toString());
    json.put("model", call.model());
    json.put("status", call.status());
    json.put("admitted", call.admitted());
    call.refusedBy().ifPresent(dimension -> json.put("refusedBy", dimension.name()));
    call.misbehaviour().ifPresent(kind -> json.put("misbehaviour", kind.name()));
    json.put("promptTokens", call.usage().prompt());
    json.put("cachedTokens", call.usage().cached());
    json.put("completionTokens", call.usage().completion());
    json.put("reasoningTokens", call.usage().reasoning());
    json.put("chargedTokens", call.usage().charged());
    var records = json.putArray("records");
    call.records().forEach(record -> records.add(record(record)));
    return json;
  }

  private static ObjectNode record(String text) {
    ObjectNode told = Envelope.JSON.createObjectNode();
    JsonNode record = read(text);
    told.set("ref", record.path("ref"));
    told.put("title", record.path("title").asText());
    told.put("again", record.has("problems"));
    if (record instanceof ObjectNode fields) {
      fields.remove("ref");
      fields.remove("problems");
    }
    return told.put("digest", digest(record.toString()));
  }

  private static JsonNode read(String text) {
    try {
      return Envelope.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that was JSON is none now", e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
