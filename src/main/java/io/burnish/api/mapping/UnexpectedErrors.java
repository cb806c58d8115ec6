package io.burnish.api.mapping;

import static io.burnish.api.problem.ProblemResponse.refused;
import static io.burnish.api.problem.ProblemResponse.retryLater;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.burnish.api.body.AcceptedBodies;
import io.burnish.api.input.IdempotencyKey;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.WrongMultipartException;
import io.burnish.database.DatabaseException;
import io.burnish.database.PoolRenewal;
import io.burnish.intake.body.InsufficientStorageException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Maps every exception that {@link ProblemMapping} does not know: those of the framework, an
 * unavailable database, and errors of the service. Errors of the service are logged with a stack
 * and an id that the client is told; requests that are refused are logged without a stack.
 */
class UnexpectedErrors {

  private static final Logger LOG = Logger.getLogger(UnexpectedErrors.class);

  /** The problem extension maps most exceptions too, with its own texts. */
  private static final int BEFORE_THE_EXTENSION = 1;

  /** The status in metrics; no client receives it. Source: nginx, status 499. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final PoolRenewal renewal;

  UnexpectedErrors(PoolRenewal renewal) {
    this.renewal = renewal;
  }

  /** Resources throw these where they know the problem. */
  @ServerExceptionMapper(priority = BEFORE_THE_EXTENSION)
  Response problem(HttpProblem e) {
    return refused(e);
  }

  /**
   * Requests that the framework refuses. Messages of the framework are not sent to the client; only
   * {@link WrongMultipartException} has a message for the client.
   */
  @ServerExceptionMapper(
      value = {WebApplicationException.class, NotFoundException.class, ForbiddenException.class},
      priority = BEFORE_THE_EXTENSION)
  Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    if (status >= 500) {
      return Problem.unexpected(e).toResponse();
    }
    return refused(
        switch (status) {
          case 404 -> Problem.noResource();
          case 405 -> Problem.methodNotAllowed("");
          case 406 ->
              Problem.notAcceptable("the response is not available in a media type of Accept");
          case 413 -> Problem.tooLarge("send a smaller body");
          case 415 -> Problem.unsupportedMediaType(detail(e, AcceptedBodies.JOB));
          default -> Problem.refused(status, detail(e, "the request is refused"));
        });
  }

  @ServerExceptionMapper(
      value = {
        Throwable.class,
        Exception.class,
        ValidationException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class
      },
      priority = BEFORE_THE_EXTENSION)
  Response any(Throwable e, ContainerRequestContext request) {
    if (ClientLeft.is(e)) {
      LOG.debugf("The client left before the end of the response (%s)", e.getMessage());
      return Response.status(CLIENT_CLOSED_REQUEST).build();
    }
    Optional<RuntimeException> form = FormFault.of(e, request);
    if (form.isPresent()) {
      return form.get() instanceof InsufficientStorageException full
          ? ProblemMapping.noSpace(full)
          : http((WebApplicationException) form.get());
    }
    return DatabaseException.isTransient(e)
        ? databaseUnavailable(e, request)
        : Problem.unexpected(e).toResponse();
  }

  private Response databaseUnavailable(Throwable e, ContainerRequestContext request) {
    renewal.after(e);
    LOG.warnf(
        "Request answered with 503: database unavailable (%s); the client may retry",
        e.getMessage());
    return retryLater(
        Problem.builder(
            "database-away",
            503,
            DatabaseUnavailable.detail(
                request.getMethod(), request.getHeaderString(IdempotencyKey.HEADER) != null)),
        5);
  }

  private static String detail(WebApplicationException e, String otherwise) {
    return e instanceof WrongMultipartException
        ? Optional.ofNullable(e.getMessage()).orElse(otherwise)
        : otherwise;
  }
}
