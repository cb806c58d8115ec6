package io.burnish.provider;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Groq's HTTP API, as far as it is used; any endpoint that speaks the language of OpenAI's will do.
 */
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface GroqApi {

  /**
   * Asks for a completion. The response is handed over whatever its status is; its headers tell the
   * limits.
   *
   * @param request a {@link ChatRequest} as JSON; written by the caller, for what a client writes,
   *     it writes on the few threads that all calls share
   */
  @POST
  @Path("/chat/completions")
  Response complete(byte[] request);
}
