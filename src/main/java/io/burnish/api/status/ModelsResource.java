package io.burnish.api.status;

import io.burnish.access.caller.Role;
import io.burnish.api.problem.Problem;
import io.burnish.models.ModelReports;
import io.burnish.models.ModelReset;
import io.burnish.record.Excerpt;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The models, their limits and their state. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class ModelsResource {

  private final ModelReports reports;
  private final ModelReset reset;

  ModelsResource(ModelReports reports, ModelReset reset) {
    this.reports = reports;
    this.reset = reset;
  }

  @GET
  public List<ModelView> all() {
    return reports.all().stream().map(ModelView::of).toList();
  }

  @RolesAllowed(Role.ADMINISTERS)
  @DELETE
  @Path("/{model:.+}/state")
  public Response forget(@RestPath String model) {
    if (!reset.reset(model)) {
      throw Problem.notFound(
          "there is no model \"%s\"; GET /models shows the names".formatted(Excerpt.of(model)));
    }
    return Response.noContent().build();
  }
}
