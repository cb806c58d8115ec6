package io.burnish.api.status;

import io.burnish.access.caller.Role;
import io.burnish.api.view.JobLookup;
import io.burnish.job.stored.Job;
import io.burnish.status.History;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Reads what was decided of a job, minute by minute. */
@Path("/jobs/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class JobHistoryResource {

  /** By which the database's clock may be ahead of this one. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final JobLookup lookup;
  private final History history;
  private final Clock clock;

  JobHistoryResource(JobLookup lookup, History history, Clock clock) {
    this.lookup = lookup;
    this.history = history;
    this.clock = clock;
  }

  @GET
  public List<HistoryView> ofJob(@RestPath String id) {
    Job job = lookup.job(id);
    return HistoryView.of(
        history.ofJob(
            job.id(),
            job.spec().createdAt(),
            job.finishedAt().orElseGet(() -> clock.instant().plus(AHEAD))));
  }
}
