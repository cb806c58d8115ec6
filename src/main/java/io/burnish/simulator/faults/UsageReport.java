package io.burnish.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.wire.CompletionBody;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a completion tells the tokens it took; what is charged stays what it is. */
public enum UsageReport {
  /** As it was. */
  EXACT,
  /** Not at all. */
  NONE,
  /** As null. */
  NULL,
  /** Below zero. */
  NEGATIVE,
  /** As a million million. */
  ABSURD,
  /** With a fraction. */
  FLOAT,
  /** As text. */
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

  /** What a kind of misbehaviour makes of it; the usual way for every other kind. */
  public static UsageReport of(InjectedFault kind, UsageReport usual) {
    return BY_KIND.getOrDefault(kind, usual);
  }

  /** Changes a completion's body accordingly. */
  public void in(ObjectNode body) {
    switch (this) {
      case EXACT -> {
        // As it is.
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
