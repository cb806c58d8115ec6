package io.burnish.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Sends a problem when no resource was reached. The body is not read: the connection closes. */
@Singleton
public class ProblemSender {

  private final ObjectMapper json;

  ProblemSender(ObjectMapper json) {
    this.json = json;
  }

  /** Ends the response with a problem, and logs it at DEBUG. */
  public void send(RoutingContext request, HttpProblem problem) {
    ProblemResponse.log(problem);
    request.addEndHandler(answered -> UnreadBody.drainAndClose(request));
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(problem.getStatusCode())
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
            // The framework's choice by media type comes later; without it the server compresses.
            .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
    if (!request.request().isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.end(text(problem));
  }

  private String text(HttpProblem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a problem as JSON", e);
    }
  }
}
