package io.burnish.api;

import io.burnish.database.DatabaseException;
import io.burnish.database.PoolRenewal;
import io.burnish.intake.BrokenOffException;
import io.burnish.intake.InvalidJobException;
import io.burnish.intake.MalformedBodyException;
import io.burnish.intake.NoRoomException;
import io.burnish.intake.TooLargeException;
import io.burnish.job.BusyException;
import io.burnish.job.KeyReusedException;
import io.burnish.tracking.StateFileException;
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

  private final PoolRenewal renewal;

  ProblemMapping(PoolRenewal renewal) {
    this.renewal = renewal;
  }

  @ServerExceptionMapper
  Response malformed(MalformedBodyException e) {
    return refused(
        Problem.of("malformed", "The body can't be read", 400, e.getMessage())
            .at(e.line(), e.column()));
  }

  @ServerExceptionMapper
  Response invalid(InvalidJobException e) {
    String detail =
        e.mistakes().size() == 1
            ? "1 mistake: " + e.getMessage()
            : "%d mistakes, the first: %s".formatted(e.mistakes().size(), e.getMessage());
    return refused(
        Problem.of("invalid", "The body is not a job", 422, detail)
            .with(
                e.mistakes().stream()
                    .map(mistake -> new Problem.Violation(mistake.field(), mistake.message()))
                    .toList()));
  }

  @ServerExceptionMapper
  Response query(InvalidQueryException e) {
    return refused(
        Problem.of("invalid", "The query is wrong", 422, e.field() + ": " + e.getMessage())
            .with(List.of(new Problem.Violation(e.field(), String.valueOf(e.getMessage())))));
  }

  @ServerExceptionMapper
  Response stateFile(StateFileException e) {
    String message = String.valueOf(e.getMessage());
    Problem problem =
        e.field().isEmpty()
            ? Problem.of("malformed", "The body can't be read", 400, message)
            : Problem.of("invalid", "The body is not a state file", 422, message)
                .with(List.of(new Problem.Violation(e.field(), message)));
    return refused(problem.at(e.line(), e.column()));
  }

  /** {@link BodyLimit} sees to the rest of the body. */
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e) {
    return closing(refused(Problem.tooLarge(String.valueOf(e.getMessage()))));
  }

  @ServerExceptionMapper
  Response noRoom(NoRoomException e) {
    LOG.errorf(
        e, "A body was refused with 507: there is no room to lay it down. Clients may try again");
    return closing(
        retryLater(
            Problem.of(
                "no-room",
                "There is no room for the body",
                507,
                "no space to take the body in; nothing was stored. Try again later, or give burnish.intake.directory more room"),
            60));
  }

  /** Nobody is there to read this, but the log has a line. */
  @ServerExceptionMapper
  Response brokenOff(BrokenOffException e) {
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
    LOG.warnf("A job was refused with 429: %s", e.getMessage());
    return retryLater(
        Problem.of("busy", "Too much at once", 429, String.valueOf(e.getMessage())), 30);
  }

  private static Response closing(Response response) {
    response.getHeaders().putSingle("Connection", "close");
    return response;
  }

  private static Response retryLater(Problem problem, int seconds) {
    Response response = problem.response();
    response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    return response;
  }

  @ServerExceptionMapper
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
          case 404 ->
              Problem.of(
                  "not-found",
                  "There is no such thing",
                  404,
                  detail(e, "nothing is found at this address; see /q/openapi"));
          case 405 ->
              Problem.of(
                  "method-not-allowed",
                  "Not with this method",
                  405,
                  "this address does not take this method; see /q/openapi");
          case 406 ->
              Problem.of(
                  "not-acceptable",
                  "Not in this form",
                  406,
                  "the answer does not come in the media type that Accept asks for");
          case 413 -> Problem.tooLarge("send less at a time");
          case 415 ->
              Problem.of(
                  "unsupported-media-type",
                  "Not this kind of body",
                  415,
                  "post application/json, application/x-ndjson, or multipart/form-data with parts named file; "
                      + "as it is, or packed with gzip");
          default ->
              Problem.of(
                  "refused", "The request is refused", status, detail(e, "the request is refused"));
        });
  }

  @ServerExceptionMapper
  Response anything(Throwable e, ContainerRequestContext request) {
    Optional<RuntimeException> form = FormFault.of(e, request);
    if (form.isPresent()) {
      return form.get() instanceof NoRoomException full
          ? noRoom(full)
          : http((WebApplicationException) form.get());
    }
    return DatabaseException.passes(e) ? away(e, request) : unexpected(e);
  }

  private Response away(Throwable e, ContainerRequestContext request) {
    renewal.after(e);
    LOG.warnf("A request was answered 503, for the database is away: %s", e.getMessage());
    return retryLater(
        Problem.of(
            "database-away",
            "The database is away",
            503,
            DatabaseAway.detail(
                request.getMethod(), request.getHeaderString(PostResource.KEY) != null)),
        5);
  }

  private static Response unexpected(Throwable e) {
    UUID id = UUID.randomUUID();
    LOG.errorf(
        e, "A request failed for a reason nobody foresaw; the client was told the id %s", id);
    return Problem.of(
            "unexpected",
            "Something went wrong on our side",
            500,
            "look for %s in the log of the service".formatted(id))
        .response();
  }

  private static String detail(WebApplicationException e, String otherwise) {
    return e instanceof NoSuchJobException
            || e instanceof NoSuchModelException
            || e instanceof NothingTrackedException
            || e instanceof WrongMultipartException
        ? Optional.ofNullable(e.getMessage()).orElse(otherwise)
        : otherwise;
  }

  private static Response refused(Problem problem) {
    LOG.infof("A request was refused with %d: %s", problem.status(), problem.detail());
    return problem.response();
  }
}
