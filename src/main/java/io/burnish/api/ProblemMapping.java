package io.burnish.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.burnish.api.Problem.Violation;
import io.burnish.database.DatabaseException;
import io.burnish.database.PoolRenewal;
import io.burnish.intake.ClientDisconnectedException;
import io.burnish.intake.InsufficientStorageException;
import io.burnish.intake.InvalidJobException;
import io.burnish.intake.MalformedBodyException;
import io.burnish.intake.TooLargeException;
import io.burnish.job.BusyException;
import io.burnish.job.KeyReusedException;
import io.burnish.tracking.legacy.StateFileException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one way from an exception to a response. What a client did is logged without a stack; what we
 * did, with a stack and an id that the client sees too.
 */
class ProblemMapping {

  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);

  /** The extension has mappers of its own for most exceptions, whose words are not ours. */
  private static final int BEFORE_THE_EXTENSION = 1;

  private final PoolRenewal renewal;

  ProblemMapping(PoolRenewal renewal) {
    this.renewal = renewal;
  }

  @ServerExceptionMapper
  Response malformed(MalformedBodyException e) {
    return refused(unreadable(e.getMessage(), e.line(), e.column()));
  }

  private static HttpProblem unreadable(String message, int line, int column) {
    return placed(
        Problem.builder("malformed", "The body can't be read", 400, message), line, column);
  }

  private static HttpProblem placed(HttpProblem.Builder problem, int line, int column) {
    return line == 0 ? problem.build() : problem.with("line", line).with("column", column).build();
  }

  @ServerExceptionMapper
  Response invalid(InvalidJobException e) {
    String detail =
        e.count() == 1
            ? "1 mistake: " + e.getMessage()
            : "%,d mistakes, the first: %s".formatted(e.count(), e.getMessage());
    return refused(
        Problem.invalid(
                "The body is not a job",
                detail,
                e.mistakes().stream()
                    .map(mistake -> new Violation(mistake.field(), mistake.message()))
                    .toList())
            .build());
  }

  @ServerExceptionMapper
  Response query(InvalidQueryException e) {
    return refused(
        Problem.invalid("The query is wrong", String.valueOf(e.getMessage()), e.violations())
            .build());
  }

  @ServerExceptionMapper
  Response stateFile(StateFileException e) {
    String message = String.valueOf(e.getMessage());
    return refused(
        e.field().isEmpty()
            ? unreadable(message, e.line(), e.column())
            : placed(
                Problem.invalid(
                    "The body is not a state file",
                    message,
                    List.of(new Violation(e.field(), message))),
                e.line(),
                e.column()));
  }

  /** {@link BodyLimit} sees to the rest of the body. */
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e, ContainerRequestContext request) {
    return closing(
        refused(
            Problem.tooLarge(
                e.limit().isPresent()
                    ? BodyLimit.sentence(request.getUriInfo().getPath(), e.limit().getAsLong())
                    : String.valueOf(e.getMessage()))));
  }

  @ServerExceptionMapper
  Response noRoom(InsufficientStorageException e) {
    LOG.errorf(
        e, "A body was refused with 507: there is no room to lay it down. Clients may try again");
    return closing(
        retryLater(
            Problem.builder(
                "no-room",
                "There is no room for the body",
                507,
                "no space to take the body in; nothing was stored. Try again later, or give burnish.intake.directory, or burnish.intake.max-on-disk, more room"),
            60));
  }

  /** Nobody is there to read this, but the log has a line. */
  @ServerExceptionMapper
  Response brokenOff(ClientDisconnectedException e) {
    return closing(
        refused(
            Problem.of("broken-off", "The body broke off", 400, String.valueOf(e.getMessage()))));
  }

  @ServerExceptionMapper
  Response keyReused(KeyReusedException e) {
    return refused(
        Problem.of(
            "idempotency-key-reused",
            "The key belongs to another body",
            422,
            String.valueOf(e.getMessage())));
  }

  @ServerExceptionMapper
  Response busy(BusyException e) {
    LOG.warnf("Job refused with 429: %s", e.getMessage());
    return retryLater(
        Problem.builder("busy", "Too much at once", 429, String.valueOf(e.getMessage())), 30);
  }

  @ServerExceptionMapper
  Response crowded(CrowdedException e) {
    return refused(
        Problem.builder("busy", "Too much at once", 429, String.valueOf(e.getMessage()))
            .withHeader(HttpHeaders.RETRY_AFTER, 10)
            .build());
  }

  @ServerExceptionMapper
  Response tooSlow(TooSlowException e) {
    return closing(
        refused(
            Problem.of(
                "too-slow", "The body comes too slowly", 408, String.valueOf(e.getMessage()))));
  }

  private static Response closing(Response response) {
    response.getHeaders().putSingle("Connection", "close");
    return response;
  }

  private static Response retryLater(HttpProblem.Builder problem, int seconds) {
    return problem.withHeader(HttpHeaders.RETRY_AFTER, seconds).build().toResponse();
  }

  /** What resources throw that know the problem themselves. */
  @ServerExceptionMapper(priority = BEFORE_THE_EXTENSION)
  Response problem(HttpProblem e) {
    return refused(e);
  }

  /**
   * What the framework refuses. Its own words stay here, and those of its exceptions: only a
   * subclass of our own has a message for the client.
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
      return unexpected(e);
    }
    return refused(
        switch (status) {
          case 404 -> Problem.notFound("nothing is found at this address; see /q/openapi");
          case 405 -> Problem.methodNotAllowed("");
          case 406 ->
              Problem.notAcceptable(
                  "the answer does not come in the media type that Accept asks for");
          case 413 -> Problem.tooLarge("send less at a time");
          case 415 -> Problem.unsupportedMediaType(detail(e, PostResource.TAKES));
          default ->
              Problem.of(
                  "refused", "The request is refused", status, detail(e, "the request is refused"));
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
  Response anything(Throwable e, ContainerRequestContext request) {
    Optional<RuntimeException> form = FormFault.of(e, request);
    if (form.isPresent()) {
      return form.get() instanceof InsufficientStorageException full
          ? noRoom(full)
          : http((WebApplicationException) form.get());
    }
    return DatabaseException.isTransient(e) ? away(e, request) : unexpected(e);
  }

  private Response away(Throwable e, ContainerRequestContext request) {
    renewal.after(e);
    LOG.warnf("Request answered 503, the database is away: %s", e.getMessage());
    return retryLater(
        Problem.builder(
            "database-away",
            "The database is away",
            503,
            DatabaseUnavailable.detail(
                request.getMethod(), request.getHeaderString(PostResource.KEY) != null)),
        5);
  }

  /** A failure of ours: the stack stays in the log, under an id that the client is told. */
  static HttpProblem ours(Throwable e) {
    UUID id = UUID.randomUUID();
    LOG.errorf(e, "Request failed for an unexpected reason; the client was told the id %s", id);
    return Problem.of(
        "unexpected",
        "Something went wrong on our side",
        500,
        "look for %s in the log of the service".formatted(id));
  }

  private static Response unexpected(Throwable e) {
    return ours(e).toResponse();
  }

  private static String detail(WebApplicationException e, String otherwise) {
    return e.getClass().getPackage().equals(ProblemMapping.class.getPackage())
        ? Optional.ofNullable(e.getMessage()).orElse(otherwise)
        : otherwise;
  }

  private static Response refused(HttpProblem problem) {
    RefusalLog.refused(problem);
    return problem.toResponse();
  }
}
