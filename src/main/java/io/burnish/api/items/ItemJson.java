package io.burnish.api.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.api.items.ItemListView.Entry;
import io.burnish.api.view.JobCosts;
import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.items.ItemCall;
import io.burnish.items.ItemCall.Tokens;
import io.burnish.items.ItemDetail;
import io.burnish.items.StoredViolation;
import io.burnish.record.RecordJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an item with all that is stored of it. Not a view that the framework writes: records keep
 * the exact values that were posted.
 */
final class ItemJson {

  private ItemJson() {}

  static String of(ItemDetail item, Entry entry, JobCosts costs) {
    ObjectNode node = RecordJson.object();
    node.put("seq", entry.seq());
    node.put("file", entry.file());
    node.put("key", entry.key());
    node.put("state", entry.state());
    node.put("model", entry.model());
    node.put("code", entry.code());
    node.set("waitingFor", waiting(entry.waitingFor()));
    node.putPOJO("record", RecordJson.copyOf(item.record()));
    node.set("result", NullNode.instance);
    if (item.result() != null) {
      node.putPOJO("result", RecordJson.copyOf(item.result()));
    }
    node.set(
        "evidence", item.evidence() == null ? NullNode.instance : RecordJson.read(item.evidence()));
    ArrayNode errors = node.putArray("errors");
    item.errors().forEach(errors::add);
    ArrayNode attempts = node.putArray("attempts");
    item.calls().forEach(call -> attempts.add(attempt(call, costs)));
    node.set("tokens", tokens(item.calls().stream().map(ItemCall::tokens).toList()));
    node.put("cost", costs.of(item.calls()));
    return RecordJson.write(node);
  }

  private static JsonNode waiting(@Nullable WaitingFor waiting) {
    if (waiting == null) {
      return NullNode.instance;
    }
    ObjectNode node = RecordJson.object();
    node.put("reason", waiting.reason());
    node.put("until", waiting.until() == null ? null : waiting.until().toString());
    node.put("detail", waiting.detail());
    return node;
  }

  private static ObjectNode attempt(ItemCall call, JobCosts costs) {
    ObjectNode node = RecordJson.object();
    node.put("n", call.number());
    node.put("at", call.at().toString());
    node.put("model", call.model());
    node.put("verdict", call.verdict());
    node.put("outcome", call.outcome());
    node.put("httpStatus", call.httpStatus());
    node.put("latencyMs", call.latencyMillis());
    node.put("records", call.records());
    node.set("answer", call.answer() == null ? NullNode.instance : answer(call.answer()));
    ArrayNode violations = node.putArray("violations");
    for (StoredViolation reason : call.violations()) {
      ObjectNode violation = violations.addObject();
      violation.put("code", reason.code().orElse(null));
      violation.put("message", reason.message());
      violation.set("evidence", reason.evidence().map(RecordJson::read).orElse(NullNode.instance));
    }
    node.set("tokens", tokens(List.of(call.tokens())));
    node.put("cost", costs.of(List.of(call)));
    return node;
  }

  /** A long answer was cut when it was stored, and is written as text. */
  private static JsonNode answer(String stored) {
    try {
      return RecordJson.read(stored);
    } catch (IllegalArgumentException e) {
      return TextNode.valueOf(stored);
    }
  }

  private static ObjectNode tokens(List<Tokens> all) {
    ObjectNode node = RecordJson.object();
    node.put("prompt", all.stream().mapToLong(Tokens::prompt).sum());
    node.put("completion", all.stream().mapToLong(Tokens::completion).sum());
    node.put("cached", all.stream().mapToLong(Tokens::cached).sum());
    return node;
  }
}
