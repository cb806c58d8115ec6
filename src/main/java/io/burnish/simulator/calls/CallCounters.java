package io.burnish.simulator.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.wire.CompletionBody;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counters of the calls to one model. Not thread-safe. */
final class CallCounters {

  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final Map<LimitDimension, Long> throttled = new EnumMap<>(LimitDimension.class);
  private final Map<InjectedFault, Long> faults = new EnumMap<>(InjectedFault.class);
  private long calls;
  private long admitted;
  private long tooLarge;
  private long records;
  private long prompt;
  private long cached;
  private long completion;

  void add(SimulatedCall call) {
    calls++;
    statuses.merge(call.status(), 1L, Long::sum);
    call.fault().ifPresent(kind -> faults.merge(kind, 1L, Long::sum));
    if (call.status() == 413) {
      tooLarge++;
    } else {
      call.refusedBy().ifPresent(dimension -> throttled.merge(dimension, 1L, Long::sum));
    }
    if (call.admitted()) {
      admitted++;
      records += call.records().size();
      prompt += call.usage().prompt();
      cached += call.usage().cached();
      completion += call.usage().completion();
    }
  }

  /** All counters. */
  ObjectNode json() {
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    json.put("calls", calls).put("admitted", admitted).put("records", records);
    ObjectNode refused = json.putObject("throttled");
    throttled.forEach((dimension, count) -> refused.put(dimension.name(), count));
    json.put("tooLarge", tooLarge);
    ObjectNode answered = json.putObject("statuses");
    statuses.forEach((status, count) -> answered.put(String.valueOf(status), count));
    ObjectNode wrong = json.putObject("faults");
    faults.forEach((kind, count) -> wrong.put(kind.name(), count));
    json.put("promptTokens", prompt)
        .put("cachedTokens", cached)
        .put("completionTokens", completion)
        .put("chargedTokens", prompt - cached + completion);
    return json;
  }
}
