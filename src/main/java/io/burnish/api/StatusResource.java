package io.burnish.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Reads what the service does now. */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class StatusResource {

  private final StatusViews views;

  StatusResource(StatusViews views) {
    this.views = views;
  }

  @GET
  public StatusView now() {
    return views.now();
  }
}
