package io.burnish.api.request;

import io.burnish.access.LoopbackGuard;
import io.burnish.access.audit.AuditTrail;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.burnish.access.caller.Role;
import io.burnish.access.session.ForgedRequestException;
import io.burnish.access.session.SessionToken;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.ProblemSender;
import io.burnish.database.DatabaseException;
import io.burnish.metrics.ServiceMeters;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Admits requests: identifies the caller, compares its role with that of the endpoint, applies the
 * limits of its key, and writes the audit of a change, before the body is read. Refused attempts
 * are counted by status, in {@code burnish_access_refused_total}. {@code @RolesAllowed} checks the
 * role again at the method.
 */
@Singleton
class AccessCheck {

  private static final Logger LOG = Logger.getLogger(AccessCheck.class);

  private final LoopbackGuard guard;
  private final AuditTrail audit;
  private final KeyLimitCheck limits;
  private final ProblemSender sender;
  private final ServiceMeters meters;

  AccessCheck(
      LoopbackGuard guard,
      AuditTrail audit,
      KeyLimitCheck limits,
      ProblemSender sender,
      ServiceMeters meters) {
    this.guard = guard;
    this.audit = audit;
    this.limits = limits;
    this.sender = sender;
    this.meters = meters;
  }

  /** Why a request is refused that a web page made a browser send; empty: it is not one. */
  Optional<HttpProblem> foreign(HttpServerRequest request) {
    Optional<String> header = guard.foreignHeader(request);
    if (header.isPresent()) {
      count(403);
    }
    return header.map(
        name ->
            Problem.of(
                "forbidden",
                403,
                "the header %s does not name this address; with BURNISH_AUTH=none, a service on a loopback address answers only requests to that address, and to no page of another one"
                    .formatted(name)));
  }

  /**
   * Admits a request, or answers it with a problem.
   *
   * @param admitted runs on the event loop of the request
   */
  void admit(RoutingContext request, Endpoint endpoint, Runnable admitted) {
    Context context = Vertx.currentContext();
    // It would fail the request, with an answer of the framework.
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    QuarkusHttpUser.getSecurityIdentity(request, null)
        .onItem()
        .transformToUni(identity -> audited(request, endpoint, identity))
        .subscribe()
        .with(
            problem ->
                on(
                    context,
                    () ->
                        problem.ifPresentOrElse(
                            found -> refuse(request, found),
                            () -> {
                              if (changes(endpoint)) {
                                audit.follow(request);
                              }
                              admitted.run();
                            })),
            failure -> on(context, () -> refuse(request, problem(request, failure))));
  }

  private static void on(Context context, Runnable work) {
    if (Vertx.currentContext() == context && Context.isOnEventLoopThread()) {
      work.run();
    } else {
      context.runOnContext(ignored -> work.run());
    }
  }

  /** Why the caller is refused; empty once it is admitted, and the audit has it. */
  private Uni<Optional<HttpProblem>> audited(
      RoutingContext request, Endpoint endpoint, SecurityIdentity identity) {
    if (identity == null || identity.isAnonymous()) {
      return refusal(unauthorized(request));
    }
    Optional<Caller> caller = Identities.caller(identity);
    if (caller.isEmpty() || !identity.hasRole(endpoint.role().word())) {
      return refusal(forbidden(caller, endpoint.role()));
    }
    caller.get().attach(request);
    return limits
        .check(request, endpoint, caller.get())
        .onItem()
        .transformToUni(
            refused ->
                refused.isPresent() || !changes(endpoint)
                    ? Uni.createFrom().item(refused)
                    : audit.add(request, endpoint.operation(), caller.get()).replaceWith(refused));
  }

  /** Whether the audit has the calls of an endpoint. */
  private static boolean changes(Endpoint endpoint) {
    return !endpoint.method().equals("GET");
  }

  private static Uni<Optional<HttpProblem>> refusal(HttpProblem problem) {
    return Uni.createFrom().item(Optional.of(problem));
  }

  private static HttpProblem unauthorized(RoutingContext request) {
    return request.request().headers().contains(HttpHeaders.AUTHORIZATION)
        ? Problem.invalidToken(
            "the key or token is not valid, was revoked, or has expired; an administrator creates a new one")
        : Problem.unauthorized(
            "send a key: Authorization: Bearer bk_…; an administrator creates one with POST /keys");
  }

  private static HttpProblem forbidden(Optional<Caller> caller, Role needed) {
    return Problem.forbidden(
        caller
            .map(
                known ->
                    "this needs the role %s; the role of the key or token is %s"
                        .formatted(needed.word(), known.role().word()))
            .orElse("the token has no role or no owner for this service"),
        needed);
  }

  private HttpProblem problem(RoutingContext request, Throwable failure) {
    if (failure instanceof AuthenticationException) {
      return unauthorized(request);
    }
    if (failure instanceof ForgedRequestException) {
      return Problem.of(
          "forbidden",
          403,
          "with the cookie of a session, a change needs the header %s with the token of the session"
              .formatted(SessionToken.HEADER));
    }
    if (failure instanceof RejectedExecutionException || DatabaseException.isTransient(failure)) {
      LOG.warnf(
          "Request answered with 503: the caller or its audit can't be checked (%s); the client may retry",
          failure.getMessage());
      return Problem.builder(
              "database-away",
              503,
              "the database is unavailable, so access can't be checked; nothing was done. Send the request again in a few seconds")
          .withHeader("Retry-After", 5)
          .build();
    }
    return Problem.unexpected(failure);
  }

  private void refuse(RoutingContext request, HttpProblem problem) {
    int status = problem.getStatusCode();
    if (status == 401 || status == 403 || status == 429) {
      count(status);
    }
    if (!request.response().ended() && !request.response().closed()) {
      sender.send(request, problem);
    }
  }

  private void count(int status) {
    meters.refused(status);
  }
}
