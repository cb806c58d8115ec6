package io.burnish.api;

import io.burnish.job.Job;
import io.burnish.status.History;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads what was decided minute by minute. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class HistoryResource {

  private static final int MINUTES = 60;

  private final JobLookup lookup;
  private final History history;
  private final Clock clock;

  HistoryResource(JobLookup lookup, History history, Clock clock) {
    this.lookup = lookup;
    this.history = history;
    this.clock = clock;
  }

  @GET
  @Path("/status/history")
  public List<HistoryView> ofAll(@RestQuery @Nullable String minutes) {
    QueryValues values = new QueryValues();
    int last = values.number("minutes", minutes, 1, History.MOST_MINUTES, MINUTES);
    values.check();
    return HistoryView.of(history.ofAll(last));
  }

  @GET
  @Path("/jobs/{id}/history")
  public List<HistoryView> ofJob(@RestPath String id) {
    Job job = lookup.job(id);
    return HistoryView.of(
        history.ofJob(
            job.id(),
            job.createdAt(),
            job.finishedAt().orElseGet(() -> clock.instant().plusSeconds(60))));
  }
}
