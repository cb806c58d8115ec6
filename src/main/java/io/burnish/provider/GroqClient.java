package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.provider.ChatResponse.Choice;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

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
      return api.complete(JSON.writeValueAsBytes(request));
    } catch (WebApplicationException e) {
      return e.getResponse();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the request can't be written as JSON", e);
    }
  }

  private ChatAnswer answer(String model, Response response) {
    String body = Objects.requireNonNullElse(response.readEntity(String.class), "");
    int status = response.getStatus();
    ChatResponse read = status < 300 ? read(model, body) : null;
    if (read == null || read.hasError()) {
      throw FaultMapping.of(model, status, response::getHeaderString, body, clock.instant());
    }
    ChatAnswer answer = answer(model, read, RateLimitHeaders.of(response::getHeaderString));
    // What is no good was paid for all the same: the fault tells how much.
    if (choice(read).map(Choice::finishReason).filter("length"::equals).isPresent()) {
      throw new Truncated(answer, status, "the answer was cut off at the maximum of tokens");
    }
    if (answer.content().isBlank()) {
      throw new Unusable(answer, status, "the answer has no text");
    }
    return answer;
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

  private static ChatAnswer answer(
      String model, ChatResponse response, RateLimitHeaders rateLimits) {
    ChatResponse.Usage usage = response.usage();
    return new ChatAnswer(
        model,
        choice(response).map(Choice::message).map(ChatResponse.Message::content).orElse(""),
        usage == null ? 0 : usage.promptTokens(),
        usage == null ? 0 : usage.completionTokens(),
        usage == null ? 0 : usage.cachedTokens(),
        response.id() == null ? "" : response.id(),
        rateLimits);
  }

  private static Optional<Choice> choice(ChatResponse response) {
    return response.choices() == null
        ? Optional.empty()
        : response.choices().stream().filter(Objects::nonNull).findFirst();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
