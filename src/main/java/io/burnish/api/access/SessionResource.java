package io.burnish.api.access;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Role;
import io.burnish.access.session.SessionCookie;
import io.burnish.access.session.SessionRequest;
import io.burnish.access.session.Sessions;
import io.burnish.api.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Opens and ends sessions of browsers. The key comes as in any other request. */
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class SessionResource {

  private final Sessions sessions;
  private final AccessConfig access;

  SessionResource(Sessions sessions, AccessConfig access) {
    this.sessions = sessions;
    this.access = access;
  }

  /** Opens a session for the key of the request, and answers with its cookie. */
  @POST
  public Response open(@Context RoutingContext request) {
    if (access.auth() == AuthMode.NONE) {
      throw Problem.of(
          "state-conflict",
          409,
          "with BURNISH_AUTH=none there are no sessions; every call is allowed without one");
    }
    String id =
        sessions
            .open(bearer(request))
            .orElseThrow(
                () ->
                    Problem.of(
                        "invalid",
                        422,
                        "a session is opened with a key: Authorization: Bearer bk_…; a token can't open one"));
    SessionCookie.add(request, id);
    return Response.noContent().header("Cache-Control", "no-store").build();
  }

  /** Ends the session of the request. No effect without one. */
  @DELETE
  public Response end(@Context RoutingContext request) {
    SessionRequest.of(request).ifPresent(session -> sessions.close(session.id()));
    SessionCookie.end(request);
    return Response.noContent().build();
  }

  private static String bearer(RoutingContext request) {
    String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header == null ? "" : header.strip().replaceFirst("^\\S+ +", "");
  }
}
