package io.burnish.api;

import io.burnish.models.ModelReports;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who answers, and how much there is left to ask. */
@Path("/models")
@Tag(name = "models", description = "Who answers, and how much there is left to ask")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ModelsResource {

  private final ModelReports reports;

  ModelsResource(ModelReports reports) {
    this.reports = reports;
  }

  @GET
  @Operation(
      summary =
          "Each model: its limits and how they were learned, what is left, whether it is paused",
      description = "In order of preference. A limit that is not known, or not there, is missing.")
  public List<ModelView> all() {
    return reports.all().stream().map(ModelView::of).toList();
  }
}
