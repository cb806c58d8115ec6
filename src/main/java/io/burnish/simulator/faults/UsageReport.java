package io.burnish.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.wire.CompletionBody;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a completion reports its token usage; the charge does not change. */
public enum UsageReport {
  /** The actual numbers. */
  EXACT,
  /** No {@code usage}. */
  NONE,
  /** {@code "usage": null}. */
  NULL,
  /** Negative numbers. */
  NEGATIVE,
  /** 10¹² tokens. */
  ABSURD,
  /** Numbers with a fraction. */
  FLOAT,
  /** Numbers as strings. */
  AS_TEXT;

  private static final String USAGE = "usage";
  private static final long MANY = 1_000_000_000_000L;

  private static final Map<InjectedFault, UsageReport> BY_KIND =
      Map.of(
          InjectedFault.USAGE_NONE, NONE,
          InjectedFault.USAGE_NULL, NULL,
          InjectedFault.USAGE_NEGATIVE, NEGATIVE,
          InjectedFault.USAGE_ABSURD, ABSURD,
          InjectedFault.USAGE_FLOAT, FLOAT,
          InjectedFault.USAGE_AS_TEXT, AS_TEXT);

  /** The report of a fault; the usual one for every other fault. */
  public static UsageReport of(InjectedFault kind, UsageReport usual) {
    return BY_KIND.getOrDefault(kind, usual);
  }

  /** Changes the body of a completion accordingly. */
  public void applyTo(ObjectNode body) {
    switch (this) {
      case EXACT -> {
        // Unchanged.
      }
      case NONE -> body.remove(USAGE);
      case NULL -> body.putNull(USAGE);
      case NEGATIVE -> counts(body, count -> CompletionBody.JSON.valueToTree(-count.asLong() - 1));
      case ABSURD -> counts(body, count -> CompletionBody.JSON.valueToTree(MANY));
      case FLOAT -> counts(body, count -> CompletionBody.JSON.valueToTree(count.asLong() + 0.5));
      case AS_TEXT -> counts(body, count -> CompletionBody.JSON.valueToTree(count.asText()));
    }
  }

  private static void counts(ObjectNode body, UnaryOperator<JsonNode> change) {
    ObjectNode usage = body.withObject("/" + USAGE);
    for (String count : new String[] {"prompt_tokens", "completion_tokens", "total_tokens"}) {
      usage.set(count, change.apply(usage.path(count)));
    }
  }
}
