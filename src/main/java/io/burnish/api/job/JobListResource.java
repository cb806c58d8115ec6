package io.burnish.api.job;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.api.input.QueryValues;
import io.burnish.job.state.JobFilter;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.state.JobState;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lists jobs. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class JobListResource {

  private static final int LARGEST_PAGE = 200;
  private static final int PAGE = 50;

  private final JobLists lists;

  JobListResource(JobLists lists) {
    this.lists = lists;
  }

  @GET
  public JobListView list(
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String outcome,
      @RestQuery @Nullable String name,
      @RestQuery @Nullable String profile,
      @RestQuery @Nullable String createdAfter,
      @RestQuery @Nullable String createdBefore,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor,
      @Context RoutingContext routing) {
    QueryValues values = new QueryValues();
    JobFilter filter =
        new JobFilter(
            values.oneOf("state", state, JobState.values(), JobState::word),
            values.oneOf("outcome", outcome, JobOutcome.values(), JobOutcome::word),
            name,
            profile,
            values.instant("createdAfter", createdAfter),
            values.instant("createdBefore", createdBefore),
            Caller.of(routing).onlyOwner().orElse(null));
    int most = values.number("limit", limit, 1, LARGEST_PAGE, PAGE);
    UUID before = values.cursor(cursor, JobLists.NAME, UUID::fromString);
    values.check();
    return lists.page(filter, before, most);
  }
}
