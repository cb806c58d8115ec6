package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.provider.ChatResponse.Choice;
import io.burnish.provider.ProviderFault.Truncated;
import io.burnish.provider.ProviderFault.Unreachable;
import io.burnish.provider.ProviderFault.Unusable;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One HTTP call, and nothing more: what to do about a fault is for others to say. Thread-safe. */
@Singleton
public class GroqClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GroqApi api;
  private final Clock clock;

  GroqClient(GroqApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Asks for a completion.
   *
   * @throws ProviderFault when no answer came, or none that can be read
   */
  public ChatAnswer complete(ChatRequest request) {
    String model = request.model();
    try (Response response = send(request)) {
      return answer(model, response);
    } catch (ProcessingException | IllegalStateException e) {
      throw new Unreachable(model, "no response: " + rootMessage(e), e);
    }
  }

  /** Some clients throw on a bad status whatever they are told; the response says it all. */
  private Response send(ChatRequest request) {
    try {
      return api.complete(request);
    } catch (WebApplicationException e) {
      return e.getResponse();
    }
  }

  private ChatAnswer answer(String model, Response response) {
    String body = Objects.requireNonNullElse(response.readEntity(String.class), "");
    int status = response.getStatus();
    ChatResponse read = status < 300 ? read(model, body) : null;
    if (read == null || read.hasError()) {
      throw FaultMapping.of(model, status, response::getHeaderString, body, clock.instant());
    }
    return answer(model, status, read, RateLimitHeaders.of(response::getHeaderString));
  }

  /** Who answers in another way is not the provider, or did not finish. */
  private static ChatResponse read(String model, String body) {
    try {
      ChatResponse read = JSON.readValue(body, ChatResponse.class);
      if (read != null) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw new Unreachable(
          model, "the response is not what a provider sends: " + e.getOriginalMessage(), e);
    }
    throw new Unreachable(model, "the response is null", null);
  }

  private ChatAnswer answer(
      String model, int status, ChatResponse response, RateLimitHeaders rateLimits) {
    Optional<Choice> choice =
        response.choices() == null ? Optional.empty() : response.choices().stream().findFirst();
    @Nullable String content =
        choice.map(Choice::message).map(ChatResponse.Message::content).orElse(null);
    if ("length".equals(choice.map(Choice::finishReason).orElse(null))) {
      throw new Truncated(
          model, status, "the answer was cut off at the maximum of tokens", content);
    }
    if (content == null || content.isBlank()) {
      throw new Unusable(model, status, "the answer has no text", null);
    }
    ChatResponse.Usage usage = response.usage();
    return new ChatAnswer(
        model,
        content,
        usage == null ? 0 : usage.promptTokens(),
        usage == null ? 0 : usage.completionTokens(),
        usage == null ? 0 : usage.cachedTokens(),
        response.id() == null ? "" : response.id(),
        rateLimits);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
