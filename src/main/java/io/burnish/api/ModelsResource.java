package io.burnish.api;

import io.burnish.models.ModelReports;
import io.burnish.models.ModelReset;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who answers, and how much there is left to ask. */
@Path("/models")
@Tag(name = "models", description = "Who answers, and how much there is left to ask")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ModelsResource {

  private final ModelReports reports;
  private final ModelReset reset;

  ModelsResource(ModelReports reports, ModelReset reset) {
    this.reports = reports;
    this.reset = reset;
  }

  @GET
  @Operation(
      summary =
          "Each model: its limits and how they were learned, what is left, whether it is paused",
      description = "In order of preference. A limit that is not known, or not there, is missing.")
  public List<ModelView> all() {
    return reports.all().stream().map(ModelView::of).toList();
  }

  @DELETE
  @Path("/{model:.+}/state")
  @Operation(
      summary = "Forgets what was learned of a model",
      description =
          "That it is decommissioned, its cooldown and pause, the fields of a request that it refuses, and its learned limits. Other replicas follow within seconds. A slash in the name may be encoded or not.")
  @APIResponse(responseCode = "204", description = "Forgotten; there may have been nothing")
  @APIResponse(responseCode = "404", description = "No model of that name is configured")
  public Response forget(@PathParam("model") String model) {
    if (!reset.forget(model)) {
      throw new NoSuchModelException(model);
    }
    return Response.noContent().build();
  }
}
