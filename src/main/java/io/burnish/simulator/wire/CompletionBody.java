package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The body of a completion, its keys in the provider's order. Stateless.
 *
 * <p>Source: Groq API reference and published responses, read 2026-11.
 */
public final class CompletionBody {

  public static final ObjectMapper JSON = new ObjectMapper();

  /** Tokens read per second, as observed of gpt-oss-120b. */
  private static final double READ_PER_SECOND = 19_000;

  private static final double QUEUED_SECONDS = 0.03;

  private CompletionBody() {}

  /** A completion with this content, which may be truncated. */
  public static ObjectNode completion(
      String model, String content, String finishReason, TokenUsage usage) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "chatcmpl-" + id());
    body.put("object", "chat.completion");
    body.put("created", System.currentTimeMillis() / 1000);
    body.put("model", model);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", content);
    choice.putNull("logprobs");
    choice.put("finish_reason", finishReason);
    putUsage(usage, KnownModel.orUsual(model).speed(), body.putObject("usage"));
    body.putNull("usage_breakdown");
    body.put("system_fingerprint", "fp_simulated");
    body.putObject("x_groq")
        .put("id", "req_" + id())
        .put("seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    body.put("service_tier", "on_demand");
    return body;
  }

  /** The times are computed from the listed speed of the model, not measured. */
  private static void putUsage(TokenUsage usage, int speed, ObjectNode json) {
    BigDecimal reading = seconds((usage.prompt() - usage.cached()) / READ_PER_SECOND);
    BigDecimal writing = seconds((double) usage.completion() / speed);
    json.put("queue_time", QUEUED_SECONDS)
        .put("prompt_tokens", usage.prompt())
        .put("prompt_time", reading)
        .put("completion_tokens", usage.completion())
        .put("completion_time", writing)
        .put("total_tokens", usage.prompt() + usage.completion())
        .put("total_time", reading.add(writing));
    // Both are present only if not zero.
    if (usage.cached() > 0) {
      json.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    }
    if (usage.reasoning() > 0) {
      json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    }
  }

  private static BigDecimal seconds(double seconds) {
    return BigDecimal.valueOf(seconds).setScale(9, RoundingMode.HALF_UP);
  }

  /** Unique, and cheaper than a secure id. */
  private static UUID id() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong());
  }
}
