package io.burnish.api.tracking;

import io.burnish.access.caller.Role;
import io.burnish.api.body.PostedBody;
import io.burnish.api.body.Spooling;
import io.burnish.api.download.Downloading;
import io.burnish.api.download.Downloads;
import io.burnish.api.problem.Problem;
import io.burnish.profile.Profiles;
import io.burnish.record.Excerpt;
import io.burnish.tracking.Tracking;
import io.burnish.tracking.TrackingDeletion;
import io.burnish.tracking.decision.Tracked;
import io.burnish.tracking.decision.TrackingScope;
import io.burnish.tracking.legacy.StateFile;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads, deletes, exports and imports tracking: earlier decisions about records. */
@Path("/tracking")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTERS)
@Blocking
public class TrackingResource {

  /** State files name no profile: the original script had discounts only. */
  private static final String PROFILE_OF_STATE_FILES = Profiles.ofStateFiles().name();

  private final Tracking tracking;
  private final TrackingOwners owners;
  private final Downloads downloads;

  TrackingResource(Tracking tracking, TrackingOwners owners, Downloads downloads) {
    this.tracking = tracking;
    this.owners = owners;
    this.downloads = downloads;
  }

  @RolesAllowed(Role.READS)
  @GET
  public TrackingView counts(@RestQuery @Nullable String owner, @Context RoutingContext routing) {
    return TrackingView.of(owners.provider(), tracking.counts(owners.oneOrAll(routing, owner)));
  }

  @RolesAllowed(Role.READS)
  @GET
  @Path("/{key:.+}")
  public TrackingView.OfKey ofKey(
      @RestPath String key, @RestQuery @Nullable String owner, @Context RoutingContext routing) {
    String whose = owners.oneOrAll(routing, owner);
    List<Tracked> tracked = key.indexOf('\0') >= 0 ? List.of() : tracking.byKey(whose, key);
    if (tracked.isEmpty()) {
      throw Problem.notFound(
          "the key \"%s\" is not tracked for the provider %s"
              .formatted(Excerpt.of(key), owners.provider()));
    }
    return new TrackingView.OfKey(key, tracked.stream().map(TrackingView.Entry::of).toList());
  }

  @DELETE
  public TrackingView.Forgotten forget(
      @RestQuery @Nullable String profile,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String key,
      @RestQuery @Nullable String owner,
      @Context RoutingContext routing) {
    return new TrackingView.Forgotten(
        tracking.delete(
            new TrackingDeletion(
                owners.oneOrAll(routing, owner), profile, TrackingView.state(state), key)));
  }

  @RolesAllowed(Role.READS)
  @GET
  @Downloading
  @Path("/state")
  public StreamingOutput exportState(
      @RestQuery @Nullable String owner, @Context RoutingContext routing) {
    TrackingScope scope = owners.one(routing, owner);
    return downloads.of(out -> tracking.exportState(scope, PROFILE_OF_STATE_FILES, out));
  }

  @PUT
  @Spooling
  @Path("/state")
  @Consumes(MediaType.WILDCARD)
  public TrackingView.Imported importState(
      @RestQuery @Nullable String owner, @Context RoutingContext routing) {
    TrackingScope scope = owners.one(routing, owner);
    return PostedBody.of(routing)
        .use(
            posted -> {
              StateFile file = StateFile.check(posted.unpacked()::stream);
              tracking.importState(scope, PROFILE_OF_STATE_FILES, file);
              return new TrackingView.Imported(
                  file.processed(), file.failed(), file.models(), file.passedOver());
            });
  }
}
