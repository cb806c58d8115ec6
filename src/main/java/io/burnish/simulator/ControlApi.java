package io.burnish.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.burnish.simulator.calls.CallJson;
import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.http.LoopbackServer;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.wire.CompletionBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The control API below {@code /simulator}, for other processes. */
final class ControlApi {

  static final String ROOT = "/simulator";

  private static final String FORM =
      "{\"next\":[KIND,…]}, {\"model\":NAME,\"kind\":KIND}, {\"containing\":TEXT,\"kind\":KIND} or"
          + " {\"clear\":true}";

  private final Simulator simulator;

  ControlApi(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Executes a request and sends the result. */
  void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    LoopbackServer.send(exchange, answer(call, LoopbackServer.body(exchange)));
  }

  private Reply answer(String call, String body) {
    try {
      return switch (call) {
        case "GET /simulator/calls" -> Reply.json(200, calls());
        case "GET /simulator/totals" -> Reply.json(200, simulator.totals());
        case "GET /simulator/settings" -> Reply.json(200, settings());
        case "POST /simulator/settings" -> change(read(body));
        case "POST /simulator/reset" -> {
          simulator.reset();
          yield Reply.json(200, simulator.totals());
        }
        case "POST /simulator/faults" -> inject(read(body));
        default -> problem(404, "there is no " + call);
      };
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private ArrayNode calls() {
    ArrayNode calls = CompletionBody.JSON.createArrayNode();
    simulator.calls().forEach(call -> calls.add(CallJson.of(call)));
    return calls;
  }

  private ObjectNode settings() {
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    simulator.settings().asText().forEach(json::put);
    return json;
  }

  private Reply change(JsonNode options) {
    Map<String, String> texts = new LinkedHashMap<>();
    options.properties().forEach(option -> texts.put(option.getKey(), option.getValue().asText()));
    simulator.change(simulator.settings().with(texts));
    return Reply.json(200, settings());
  }

  private Reply inject(JsonNode asked) {
    if (asked.path("clear").asBoolean()) {
      simulator.clear();
    } else if (asked.has("next")) {
      List<InjectedFault> kinds =
          StreamSupport.stream(asked.get("next").spliterator(), false)
              .map(JsonNode::asText)
              .map(FaultRates::kind)
              .toList();
      simulator.next(kinds.toArray(InjectedFault[]::new));
    } else if (asked.has("kind") && asked.has("model")) {
      simulator.whenCalled(
          asked.get("model").asText(), FaultRates.kind(asked.get("kind").asText()));
    } else if (asked.has("kind") && asked.has("containing")) {
      String text = asked.get("containing").asText();
      simulator.whenAsked(
          record -> record.contains(text), FaultRates.kind(asked.get("kind").asText()));
    } else {
      throw new IllegalArgumentException("say " + FORM);
    }
    return Reply.json(200, asked);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode read = CompletionBody.JSON.readTree(body);
      if (read != null && read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("the body is not a JSON object");
  }

  private static Reply problem(int status, String detail) {
    return Reply.json(
        status, CompletionBody.JSON.createObjectNode().put("status", status).put("detail", detail));
  }
}
