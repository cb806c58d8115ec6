package io.burnish.simulator.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.RecordDigest;
import io.burnish.simulator.wire.CompletionBody;

/**
 * A call as a JSON object, for the log and the control API. Each record has its ref, its title, its
 * digest, and whether it is a re-ask. Stateless.
 */
public final class CallJson {

  private CallJson() {}

  /** A call as the control API shows it. */
  public static ObjectNode of(SimulatedCall call) {
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    json.put("at", call.at().toString());
    json.put("model", call.model());
    json.put("status", call.status());
    json.put("admitted", call.admitted());
    call.refusedBy().ifPresent(dimension -> json.put("refusedBy", dimension.name()));
    call.fault().ifPresent(kind -> json.put("fault", kind.name()));
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
    JsonNode record = RecordDigest.read(text);
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    json.set("ref", record.path("ref"));
    json.put("title", record.path("title").asText());
    json.put("again", record.has("problems"));
    return json.put("digest", RecordDigest.hex(record));
  }
}
