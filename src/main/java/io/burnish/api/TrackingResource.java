package io.burnish.api;

import io.burnish.tracking.Tracking;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was decided before. */
@Path("/tracking")
@Tag(name = "tracking", description = "What was decided before, and is not asked about again")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class TrackingResource {

  private final Tracking tracking;

  TrackingResource(Tracking tracking) {
    this.tracking = tracking;
  }

  @GET
  @Operation(summary = "How many contents are processed, and how many failed")
  public Map<String, Long> counts() {
    return tracking.counts();
  }

  @DELETE
  @Operation(summary = "Forgets everything; finished jobs keep their results")
  public Map<String, Integer> clear() {
    return Map.of("forgotten", tracking.clear());
  }
}
