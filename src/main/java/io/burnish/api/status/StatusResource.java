package io.burnish.api.status;

import io.burnish.access.caller.Role;
import io.burnish.api.input.QueryValues;
import io.burnish.status.History;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads what the service does now, and what was decided minute by minute. */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class StatusResource {

  private static final int MINUTES = 60;

  private final StatusViews views;
  private final History history;

  StatusResource(StatusViews views, History history) {
    this.views = views;
    this.history = history;
  }

  @GET
  public StatusView now() {
    return views.now();
  }

  @GET
  @Path("/history")
  public List<HistoryView> history(@RestQuery @Nullable String minutes) {
    QueryValues values = new QueryValues();
    int last = values.number("minutes", minutes, 1, History.MOST_MINUTES, MINUTES);
    values.check();
    return HistoryView.of(history.ofAll(last));
  }
}
