package io.burnish.api.access;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.access.key.AccessKey;
import io.burnish.access.key.Keys;
import io.burnish.api.input.CommandBody;
import io.burnish.api.input.CommandBody.Command;
import io.burnish.api.input.Cursor;
import io.burnish.api.input.QueryValues;
import io.burnish.api.job.JobCommands;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem;
import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Creates, lists, rotates and revokes keys. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTERS)
@Blocking
public class KeyResource {

  private static final String LIST = "keys";
  private static final int LARGEST_PAGE = 200;
  private static final int PAGE = 50;

  private final Keys keys;
  private final JobCommands jobs;
  private final Clock clock;

  KeyResource(Keys keys, JobCommands jobs, Clock clock) {
    this.keys = keys;
    this.jobs = jobs;
    this.clock = clock;
  }

  @GET
  public KeyView.Page list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    QueryValues values = new QueryValues();
    int most = values.number("limit", limit, 1, LARGEST_PAGE, PAGE);
    UUID before = values.cursor(cursor, LIST, UUID::fromString);
    values.check();
    List<AccessKey> found = keys.newest(before, most + 1);
    List<AccessKey> shown = found.subList(0, Math.min(most, found.size()));
    return new KeyView.Page(
        shown.stream().map(KeyView::of).toList(),
        found.size() > most ? Cursor.of(LIST, shown.get(most - 1).id()) : null);
  }

  @POST
  @Command
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Context RoutingContext routing) {
    AccessKey.WithSecret created =
        keys.create(KeyCommand.of(CommandBody.of(routing), clock), Caller.of(routing).name());
    return unstored(
        Response.created(URI.create("/keys/" + created.key().id()))
            .entity(KeyView.WithSecret.of(created)));
  }

  @POST
  @Path("/{id}/rotate")
  public Response rotate(@RestPath String id) {
    AccessKey.WithSecret rotated = keys.rotate(uuid(id)).orElseThrow(() -> noSuchKey(id));
    String state = rotated.key().state();
    if (!state.equals("active")) {
      throw Problem.builder(
              "state-conflict",
              409,
              "key %s is %s, so it can't be rotated; create one: POST /keys"
                  .formatted(rotated.key().id(), state))
          .with("state", state)
          .build();
    }
    return unstored(Response.ok(KeyView.WithSecret.of(rotated)));
  }

  /** Revokes a key; with {@code jobs=pause}, pauses the jobs that it posted. */
  @DELETE
  @Path("/{id}")
  public KeyView.Revoked revoke(@RestPath String id, @RestQuery @Nullable String jobs) {
    if (jobs != null && !jobs.equals("pause")) {
      throw new InvalidQueryException(
          "jobs", "\"%s\" is not known; known is pause".formatted(Excerpt.of(jobs)));
    }
    AccessKey revoked = keys.revoke(uuid(id)).orElseThrow(() -> noSuchKey(id));
    return new KeyView.Revoked(
        KeyView.of(revoked), jobs == null ? 0 : this.jobs.pauseOfKey(revoked.id()));
  }

  /** No cache between the service and the client keeps a secret. */
  private static Response unstored(Response.ResponseBuilder response) {
    return response.header("Cache-Control", "no-store").build();
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw noSuchKey(id);
    }
  }

  private static HttpProblem noSuchKey(String id) {
    return Problem.notFound(
        "there is no key %s; GET /keys lists the keys".formatted(Excerpt.of(id)));
  }
}
