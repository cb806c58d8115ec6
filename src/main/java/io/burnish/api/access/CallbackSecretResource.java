package io.burnish.api.access;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.api.input.NamedOwner;
import io.burnish.callback.CallbackSecrets;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Creates the secret that signs the callbacks of an owner. */
@Path("/callback-secret")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SUBMITS)
@Blocking
public class CallbackSecretResource {

  private final CallbackSecrets secrets;

  CallbackSecretResource(CallbackSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * A secret that was created.
   *
   * @param owner whose callbacks it signs
   * @param secret shown this once
   */
  public record Created(String owner, String secret) {

    @Override
    public String toString() {
      return "secret of " + owner;
    }
  }

  @POST
  public Response create(@RestQuery @Nullable String owner, @Context RoutingContext routing) {
    Caller caller = Caller.of(routing);
    String whose = NamedOwner.of(caller, owner);
    return Response.status(Response.Status.CREATED)
        .entity(new Created(whose, secrets.create(whose, caller.name())))
        .header("Cache-Control", "no-store")
        .build();
  }
}
