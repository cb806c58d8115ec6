package io.burnish.provider;

import io.burnish.provider.response.ResponseBody;
import io.burnish.provider.wire.ChatRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The chat completions of Groq, or of any endpoint with OpenAI's API. Address and connections are
 * configured as {@code quarkus.rest-client.groq}.
 */
@RegisterRestClient(configKey = "groq")
@RegisterClientHeaders(BearerToken.class)
@RegisterProvider(IdleTimeout.class)
@RegisterProvider(ConnectionReset.class)
@RegisterProvider(ChatRequestWriter.class)
@Path("/chat/completions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface GroqApi {

  /**
   * Requests a completion.
   *
   * @return the response, whatever its status; its body is read by {@link ResponseBody} up to a
   *     limit of bytes and time (docs/adr/0011)
   * @throws jakarta.ws.rs.ProcessingException when there is no response
   */
  @POST
  RestResponse<InputStream> complete(ChatRequest request);

  /**
   * The same without keep-alive. For a call whose pooled connection the peer has closed: others of
   * the pool may be closed as well.
   */
  @RegisterRestClient(configKey = "groq-new-connection")
  @RegisterClientHeaders(BearerToken.class)
  @RegisterProvider(IdleTimeout.class)
  @RegisterProvider(ConnectionReset.class)
  @RegisterProvider(ChatRequestWriter.class)
  @Path("/chat/completions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  interface OnNewConnection extends GroqApi {}
}
