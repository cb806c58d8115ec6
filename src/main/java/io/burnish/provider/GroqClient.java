package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** One HTTP call, and nothing more: what to do about a fault is for others to say. Thread-safe. */
@Singleton
public class GroqClient {

  private static final Logger LOG = Logger.getLogger(GroqClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READ_TIMEOUT = "burnish.provider.read-timeout";

  /** A larger page of an error is not read: its first words are all that is told. */
  private static final long MOST_OF_AN_ERROR = 256 * 1024;

  /** As the HTTP client and the system say that the peer closed a connection. */
  private static final Pattern CLOSED = Pattern.compile("closed|reset|Broken pipe");

  private final ProviderConnections connections;
  private final Clock clock;
  private final ProviderConfig config;
  private final Set<String> doubted = ConcurrentHashMap.newKeySet();

  GroqClient(ProviderConnections connections, Clock clock, ProviderConfig config) {
    this.connections = connections;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Asks for a completion.
   *
   * @param limit for the whole call, running already. The caller interrupts the thread when it is
   *     over; a body that goes on coming is given up then as well
   * @throws ProviderFault when no answer came, or none that can be read
   */
  public ChatAnswer complete(ChatRequest request, TimeLimit limit) {
    return complete(connections.pooled(), request, limit);
  }

  /** The same on a new connection, which no peer can have closed while it was idle. */
  public ChatAnswer completeOnNewConnection(ChatRequest request, TimeLimit limit) {
    return complete(connections.fresh(), request, limit);
  }

  private ChatAnswer complete(GroqApi api, ChatRequest request, TimeLimit limit) {
    Sending sending = new Sending(request.model(), limit);
    try (Response response = send(api, request)) {
      return answer(request, response, sending);
    } catch (ProcessingException | IllegalStateException | IOException e) {
      throw sending.failed(e);
    }
  }

  /** Some clients throw on a bad status whatever they are told; the response says it all. */
  private static Response send(GroqApi api, ChatRequest request) {
    try {
      return api.complete(JSON.writeValueAsBytes(request));
    } catch (WebApplicationException e) {
      return e.getResponse();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the request can't be written as JSON", e);
    }
  }

  private ChatAnswer answer(ChatRequest request, Response response, Sending sending)
      throws IOException {
    sending.hasResponse = true;
    int status = response.getStatus();
    ResponseBody body = body(response, status, sending);
    JsonNode root = LenientJson.read(body.text());
    FaultMapping.Asked asked = new FaultMapping.Asked(request.model(), request.optionalFields());
    if (status >= 300) {
      throw fault(asked, response, ErrorResponse.read(status, body.text()));
    }
    if (body.isCut()) {
      throw new Unreachable(
          request.model(),
          status,
          "the response is larger than %s (burnish.provider.max-response); it begins %s"
              .formatted(
                  config.maxResponse().asLongValue(), ErrorResponse.page(status, body.text())),
          null);
    }
    if (!root.isObject() || root.isEmpty()) {
      throw notFromProvider(asked, response, body.text());
    }
    ChatResponse read = ChatResponse.of(root);
    JsonNode error = read.error();
    if (ErrorResponse.says(error)) {
      throw fault(
          asked, response, ErrorResponse.of(status, error, root.path("usage"), body.text()));
    }
    return judged(request.model(), status, read, RateLimitHeaders.of(response::getHeaderString));
  }

  private ResponseBody body(Response response, int status, Sending sending) throws IOException {
    InputStream stream = response.readEntity(InputStream.class);
    if (stream == null) {
      return new ResponseBody("", false);
    }
    long most = config.maxResponse().asLongValue();
    try (stream) {
      return ResponseBody.read(
          stream,
          response.getHeaderString("Content-Encoding"),
          status < 300 ? most : Math.min(most, MOST_OF_AN_ERROR),
          sending.limit::isOver);
    }
  }

  private ProviderFault fault(FaultMapping.Asked asked, Response response, ErrorResponse error) {
    return FaultMapping.of(asked, error, response::getHeaderString, clock.instant());
  }

  /** Who answers so is not the provider: a proxy, a page that asks to sign in, the edge. */
  private ProviderFault notFromProvider(FaultMapping.Asked asked, Response response, String body) {
    ProviderFault fault = fault(asked, response, ErrorResponse.read(response.getStatus(), body));
    return fault instanceof Throttled
        ? fault
        : Unreachable.notFromProvider(
            asked.model(),
            response.getStatus(),
            "the response is not what a provider sends: "
                + ErrorResponse.page(response.getStatus(), body));
  }

  /** What is no good was paid for all the same: the fault tells how much. */
  private ChatAnswer judged(
      String model, int status, ChatResponse read, RateLimitHeaders rateLimits) {
    Usage usage = read.usage();
    ChatAnswer answer = ChatAnswer.of(model, read.text(), usage, read.id(), rateLimits);
    doubt(model, usage);
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
      boolean wrote = read.hasChoice() && (usage.completionTokens() > 0 || read.hasReasoning());
      throw wrote
          ? new Unusable(answer, status, "the answer has no text")
          : new Overloaded(
              model,
              status,
              read.hasChoice()
                  ? "the answer is empty, and no tokens were used for it"
                  : "the response has no choices",
              null);
    }
    return answer;
  }

  /** Said once a model: it may be so for each of its answers. */
  private void doubt(String model, Usage usage) {
    if ((!usage.believable() || !usage.isTold()) && doubted.add(model)) {
      LOG.warnf(
          "Model %s %s; a call whose tokens are not told counts as what was reserved for it",
          model,
          usage.believable()
              ? "does not tell how many tokens a call used"
              : "tells numbers of tokens that can't be true");
    }
  }

  /** One call on its way. */
  private final class Sending {

    private final String model;
    private final TimeLimit limit;
    private final TimeLimit silence;
    private boolean hasResponse;

    Sending(String model, TimeLimit limit) {
      this.model = model;
      this.limit = limit;
      this.silence = TimeLimit.begin(config.readTimeout(), READ_TIMEOUT);
    }

    ProviderFault failed(Exception e) {
      Throwable root = root(e);
      boolean interrupted =
          root instanceof InterruptedException || root instanceof InterruptedIOException;
      if (interrupted && limit.isOver()) {
        return new TimedOut(model, limit, e);
      }
      if (root instanceof TimeoutException || (!interrupted && silence.isOver())) {
        return new TimedOut(model, silence, e);
      }
      String message = "no response: " + root.getClass().getSimpleName() + ": " + root.getMessage();
      if (isNotConnected(root)) {
        return Unreachable.notConnected(model, message, e);
      }
      return !hasResponse && isClosed(root)
          ? Unreachable.closed(model, message, e)
          : new Unreachable(model, message, e);
    }

    private static Throwable root(Throwable e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }

    /** As netty and the JDK say it; netty's timeout of a connect is a ConnectException, too. */
    private static boolean isNotConnected(Throwable root) {
      return root instanceof ConnectException
          || root instanceof NoRouteToHostException
          || root instanceof UnknownHostException;
    }

    private static boolean isClosed(Throwable root) {
      boolean closed =
          root instanceof ClosedChannelException
              || CLOSED.matcher(String.valueOf(root.getMessage())).find();
      return root instanceof HttpClosedException
          || (root instanceof IOException && !(root instanceof ConnectException) && closed);
    }
  }
}
