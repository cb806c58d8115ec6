package io.burnish.api.events;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/** Server-sent events: the states of all jobs, not a log; see {@link JobEventResource}. */
@Path("/events")
@RolesAllowed(Role.READS)
@Blocking
public class EventResource {

  private final LiveJobs live;

  EventResource(LiveJobs live) {
    this.live = live;
  }

  /** The states of all jobs that are not finished, and the end of each. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> ofAll(
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context Sse sse,
      @Context RoutingContext routing) {
    String owner = Caller.of(routing).onlyOwner().orElse(null);
    return live.events(EventId.time(lastEventId), owner, sse);
  }
}
