package io.burnish.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What can be wrong with the way in which a body comes or a response goes. */
class TransportProblems {

  private static final int SECONDS_UNTIL_RETRY = 10;

  @ServerExceptionMapper
  Response crowded(CrowdedException e) {
    return refused(
        Problem.builder("busy", "Too much at once", 429, String.valueOf(e.getMessage()))
            .withHeader(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_RETRY)
            .build());
  }

  @ServerExceptionMapper
  Response tooSlow(TooSlowException e) {
    return refused(
        Problem.builder(
                "too-slow", "The body comes too slowly", 408, String.valueOf(e.getMessage()))
            .withHeader("Connection", "close")
            .build());
  }

  private static Response refused(HttpProblem problem) {
    RefusalLog.refused(problem);
    return problem.toResponse();
  }
}
