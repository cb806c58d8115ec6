package io.burnish.api.events;

import io.burnish.access.caller.Role;
import io.burnish.api.view.JobLookup;
import io.burnish.api.view.JobView;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: the states of a job, not a log. After a reconnect the present state comes, so
 * the same may come twice; nothing is stored, and any replica answers.
 */
@Path("/jobs")
@RolesAllowed(Role.READS)
@Blocking
public class JobEventResource {

  /** Events that wait for a slow client; one more, and its stream ends. It comes back, or not. */
  private static final int MOST_UNSENT = 64;

  private final JobLookup jobs;
  private final JobWatch watch;

  JobEventResource(JobLookup jobs, JobWatch watch) {
    this.jobs = jobs;
    this.watch = watch;
  }

  /** The states of a job, each with its version as id, until it is finished. */
  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> ofJob(
      @RestPath String id,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context Sse sse) {
    JobView job = jobs.view(id);
    long from = lastEventId == null ? -1 : EventId.version(lastEventId);
    UUID key = JobLookup.uuid(id);
    return Multi.createFrom()
        .emitter(
            emitter -> {
              EventClient client = new EventClient(emitter, sse, from);
              if (client.onTurn(job)) {
                watch.add(key, client);
                emitter.onTermination(() -> watch.remove(key, client));
              }
            },
            MOST_UNSENT);
  }
}
