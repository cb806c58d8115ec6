package io.burnish.provider.response;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.provider.fault.Overloaded;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Refused;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.Truncated;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.fault.Unusable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatRequest;
import io.burnish.provider.wire.ErrorEnvelope;
import io.burnish.provider.wire.LenientJson;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.RateLimitHeaders;
import io.burnish.provider.wire.Usage;
import java.io.InputStream;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/** Maps a response that was read to the answer or the fault that it means. Thread-safe. */
public final class ResponseMapping {

  private static final Logger LOG = Logger.getLogger(ResponseMapping.class);

  private final Clock clock;
  private final ProviderConfig config;
  private final Set<String> withoutUsage = ConcurrentHashMap.newKeySet();

  /** The clock is for dates in {@code Retry-After}. */
  public ResponseMapping(Clock clock, ProviderConfig config) {
    this.clock = clock;
    this.config = config;
  }

  /**
   * The answer in a response.
   *
   * @throws ProviderFault when there is none
   */
  public ChatAnswer answer(
      ChatRequest request, RestResponse<InputStream> response, ResponseBody body) {
    int status = response.getStatus();
    FaultMapping.Sent sent = new FaultMapping.Sent(request.model(), request.optionalFields());
    if (status >= 300) {
      throw fault(sent, response, ErrorResponse.read(status, body.text()));
    }
    if (body.isCut()) {
      throw new Unreachable(
          request.model(),
          status,
          "the response is larger than %s (burnish.provider.max-response); it begins %s"
              .formatted(
                  config.maxResponse().asLongValue(),
                  ErrorResponse.firstWords(status, body.text())),
          null);
    }
    JsonNode root = LenientJson.read(body.text());
    if (!root.isObject() || root.isEmpty()) {
      throw notFromProvider(sent, response, body.text());
    }
    ChatResponse read = ChatResponse.of(root);
    JsonNode error = read.error();
    if (ErrorEnvelope.isError(error)) {
      throw fault(sent, response, ErrorResponse.of(status, error, root.path("usage"), body.text()));
    }
    return answer(request.model(), status, read, RateLimitHeaders.of(response::getHeaderString));
  }

  private ProviderFault fault(
      FaultMapping.Sent sent, RestResponse<InputStream> response, ErrorResponse error) {
    return FaultMapping.of(sent, error, response::getHeaderString, clock.instant());
  }

  /** The response of a proxy, a login page or the provider's edge. */
  private ProviderFault notFromProvider(
      FaultMapping.Sent sent, RestResponse<InputStream> response, String body) {
    int status = response.getStatus();
    ProviderFault fault = fault(sent, response, ErrorResponse.read(status, body));
    return fault instanceof Throttled
        ? fault
        : Unreachable.notFromProvider(
            sent.model(),
            status,
            "the response is not what a provider sends: " + ErrorResponse.firstWords(status, body));
  }

  /** An unusable answer is billed all the same, so its fault has the usage. */
  private ChatAnswer answer(
      String model, int status, ChatResponse read, RateLimitHeaders rateLimits) {
    Usage usage = read.usage();
    ChatAnswer answer = ChatAnswer.of(model, read.text(), usage, read.id(), rateLimits);
    logMissingUsage(model, usage);
    if (read.isBrokenOff()) {
      throw new Overloaded(answer, status, "the answer broke off: finish_reason is error");
    }
    if (read.isFiltered() || (answer.content().isBlank() && !read.refusal().isBlank())) {
      String why = read.refusal().isBlank() ? read.finishReason() : read.refusal();
      throw new Refused(answer, status, "the model does not answer: " + why);
    }
    if (read.isCutOff()) {
      throw new Truncated(answer, status, "the answer was cut off at the maximum of tokens");
    }
    if (answer.content().isBlank()) {
      throw emptyAnswer(answer, status, read);
    }
    return answer;
  }

  private static ProviderFault emptyAnswer(ChatAnswer answer, int status, ChatResponse read) {
    if (!read.hasChoice()) {
      return new Overloaded(answer.model(), status, "the response has no choices", null);
    }
    return answer.completionTokens() > 0 || read.hasReasoning()
        ? new Unusable(answer, status, "the answer has no text")
        : new Overloaded(
            answer.model(), status, "the answer is empty, and no tokens were used for it", null);
  }

  /** Logged once a model, because it may concern each of its answers. */
  private void logMissingUsage(String model, Usage usage) {
    if ((!usage.isPlausible() || !usage.isPresent()) && withoutUsage.add(model)) {
      LOG.warnf(
          "Model %s %s; a call without usage counts as its reserved tokens",
          model,
          usage.isPlausible()
              ? "reports no usage (tokens of a call)"
              : "reports an impossible usage (tokens of a call)");
    }
  }
}
