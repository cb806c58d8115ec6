package io.burnish.api.request;

import io.burnish.api.problem.Problem;
import io.burnish.api.problem.ProblemSender;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks each request before any resource does. A request that the framework would refuse in its
 * own words, or fail at, is refused with a problem. Chooses the media type of the response: {@code
 * Accept} names exactly that one afterwards.
 */
@Singleton
class RequestCheck {

  /** Before {@code BodyLimit}, and before anything reads a body. */
  private static final int PRIORITY = 2;

  private static final Pattern NAMELESS = Pattern.compile("(^|[&;])=");

  private final ProblemSender sender;
  private final AccessCheck access;

  RequestCheck(ProblemSender sender, AccessCheck access) {
    this.sender = sender;
    this.access = access;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  /** Before the framework's own handler, which answers with its own texts. */
  void registerFailures(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    router.errorHandler(400, this::failed);
  }

  private void check(RoutingContext request) {
    Optional<HttpProblem> problem =
        RequestSyntax.problem(request.request()).or(() -> access.foreign(request.request()));
    if (problem.isPresent()) {
      sender.send(request, problem.get());
      return;
    }
    List<Endpoint> endpoints = Endpoints.at(request.normalizedPath());
    if (endpoints.isEmpty()) {
      request.next();
      return;
    }
    checkEndpoint(request, endpoints);
  }

  private void checkEndpoint(RoutingContext request, List<Endpoint> endpoints) {
    String method = request.request().method().name();
    if (method.equals("OPTIONS")) {
      request
          .response()
          .putHeader(HttpHeaders.ALLOW, Endpoints.allow(endpoints))
          .setStatusCode(200)
          .end();
      return;
    }
    String requested = method.equals("HEAD") ? "GET" : method;
    List<Endpoint> matching =
        endpoints.stream().filter(endpoint -> endpoint.method().equals(requested)).toList();
    if (matching.isEmpty()) {
      sender.send(request, Problem.methodNotAllowed(Endpoints.allow(endpoints)));
      return;
    }
    access.admit(request, matching.get(0), () -> checkForm(request, matching));
  }

  private void checkForm(RoutingContext request, List<Endpoint> matching) {
    Optional<HttpProblem> problem =
        query(request.request())
            .or(() -> ContentType.check(request.request().headers(), matching))
            .or(() -> Accept.negotiate(request.request().headers(), matching));
    problem.ifPresentOrElse(found -> sender.send(request, found), request::next);
  }

  /** The framework drops a value without a name, so no later check would see it. */
  private static Optional<HttpProblem> query(HttpServerRequest request) {
    String query = request.query();
    if (query == null || !NAMELESS.matcher(query).find()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.invalid(
                new Problem.Violation(
                    "the query", "has a value without a name: nothing stands before ="))
            .build());
  }

  /** Failures outside of the resources, before or after them. */
  private void failed(RoutingContext request) {
    if (request.response().headWritten() || request.response().ended()) {
      request.next();
      return;
    }
    int status = request.statusCode();
    sender.send(
        request,
        RequestSyntax.problem(request.request())
            .orElseGet(() -> problem(status, Optional.ofNullable(request.failure()))));
  }

  private static HttpProblem problem(int status, Optional<Throwable> failure) {
    if (status == 404) {
      return Problem.noResource();
    }
    if (status >= 400 && status < 500) {
      return Problem.refused(status, "the request is refused");
    }
    return Problem.unexpected(
        failure.orElseGet(() -> new IllegalStateException("failed with status " + status)));
  }
}
