package io.burnish.provider;

import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.response.ConnectionFaults;
import io.burnish.provider.response.ResponseBody;
import io.burnish.provider.response.ResponseMapping;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatRequest;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.TimeLimit;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes one HTTP call; retry and fallback are up to the caller. Thread-safe. */
@Singleton
public class GroqClient {

  /** More of an error is not read: a fault has only its first words. */
  private static final long MOST_OF_AN_ERROR = 256 * 1024;

  private final GroqApi pooled;
  private final GroqApi onNewConnection;
  private final ResponseMapping mapping;
  private final ProviderConfig config;

  GroqClient(
      @RestClient GroqApi pooled,
      @RestClient GroqApi.OnNewConnection onNewConnection,
      Clock clock,
      ProviderConfig config) {
    this.pooled = pooled;
    this.onNewConnection = onNewConnection;
    this.mapping = new ResponseMapping(clock, config);
    this.config = config;
  }

  /**
   * Requests a completion.
   *
   * @param limit for the whole call, running already. The caller interrupts the thread at its end;
   *     the reading of a body that still comes ends then as well
   * @throws ProviderFault when there is no answer, or none that can be read
   */
  public ChatAnswer complete(ChatRequest request, TimeLimit limit) {
    return complete(pooled::complete, request, limit);
  }

  /** The same on a new connection, which the peer cannot have closed while it was idle. */
  public ChatAnswer completeOnNewConnection(ChatRequest request, TimeLimit limit) {
    return complete(onNewConnection::complete, request, limit);
  }

  private ChatAnswer complete(
      Function<ChatRequest, RestResponse<InputStream>> api, ChatRequest request, TimeLimit limit) {
    ConnectionFaults faults = new ConnectionFaults(request.model(), limit, config.readTimeout());
    try {
      RestResponse<InputStream> response = send(api, request);
      faults.responseBegan();
      return mapping.answer(request, response, body(response, limit));
    } catch (ProcessingException | IllegalStateException | IOException e) {
      throw faults.fault(e);
    }
  }

  /** The client may throw on an error status although its default mapper is off. */
  private static RestResponse<InputStream> send(
      Function<ChatRequest, RestResponse<InputStream>> api, ChatRequest request) {
    try {
      return api.apply(request);
    } catch (WebApplicationException e) {
      Response response = e.getResponse();
      return RestResponse.ResponseBuilder.create(
              response.getStatusInfo(), response.readEntity(InputStream.class))
          .replaceAll(response.getHeaders())
          .build();
    }
  }

  private ResponseBody body(RestResponse<InputStream> response, TimeLimit limit)
      throws IOException {
    @Nullable InputStream stream = response.getEntity();
    if (stream == null) {
      return new ResponseBody("", false);
    }
    long most = config.maxResponse().asLongValue();
    try (stream) {
      return ResponseBody.read(
          stream,
          response.getHeaderString("Content-Encoding"),
          response.getStatus() < 300 ? most : Math.min(most, MOST_OF_AN_ERROR),
          limit::isOver);
    }
  }
}
