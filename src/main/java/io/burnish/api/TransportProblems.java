package io.burnish.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What can be wrong with the way in which a body comes or a response goes. */
class TransportProblems {

  private static final Logger LOG = Logger.getLogger(TransportProblems.class);

  private static final int SECONDS_UNTIL_RETRY = 10;

  @ServerExceptionMapper
  Response crowded(CrowdedException e) {
    LOG.infof("A request was refused with 429: %s", e.getMessage());
    Response response =
        Problem.of("busy", "Too much at once", 429, String.valueOf(e.getMessage())).response();
    response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_RETRY);
    return response;
  }

  @ServerExceptionMapper
  Response tooSlow(TooSlowException e) {
    LOG.infof("A request was refused with 408: %s", e.getMessage());
    Response response =
        Problem.of("too-slow", "The body comes too slowly", 408, String.valueOf(e.getMessage()))
            .response();
    response.getHeaders().putSingle("Connection", "close");
    return response;
  }
}
