package io.burnish.api.mapping;

import static io.burnish.api.problem.ProblemResponse.closing;
import static io.burnish.api.problem.ProblemResponse.refused;
import static io.burnish.api.problem.ProblemResponse.retryLater;

import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.Problem.Violation;
import io.burnish.api.problem.ProblemResponse;
import io.burnish.api.problem.TooManyRequestsException;
import io.burnish.api.problem.TooSlowException;
import io.burnish.intake.body.ClientDisconnectedException;
import io.burnish.intake.body.InsufficientStorageException;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.TooLargeException;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.job.post.BusyException;
import io.burnish.job.post.KeyLimitException;
import io.burnish.job.post.KeyReusedException;
import io.burnish.job.state.JobStateException;
import io.burnish.tracking.legacy.StateFileException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps the exceptions of Burnish to problems. {@link UnexpectedErrors} maps all others. */
class ProblemMapping {

  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);

  @ServerExceptionMapper
  Response malformed(MalformedBodyException e) {
    return refused(Problem.malformed(String.valueOf(e.getMessage()), e.line(), e.column()));
  }

  @ServerExceptionMapper
  Response invalid(InvalidJobException e) {
    String detail =
        e.count() == 1
            ? "1 error: " + e.getMessage()
            : "%,d errors, the first: %s".formatted(e.count(), e.getMessage());
    return refused(
        Problem.invalid(
                detail,
                e.errors().stream()
                    .map(error -> new Violation(error.field(), error.message()))
                    .toList())
            .build());
  }

  @ServerExceptionMapper
  Response query(InvalidQueryException e) {
    return refused(Problem.invalid(String.valueOf(e.getMessage()), e.violations()).build());
  }

  @ServerExceptionMapper
  Response stateFile(StateFileException e) {
    String message = String.valueOf(e.getMessage());
    return refused(
        e.field().isEmpty()
            ? Problem.malformed(message, e.line(), e.column())
            : Problem.placed(
                Problem.invalid(message, List.of(new Violation(e.field(), message))),
                e.line(),
                e.column()));
  }

  /** {@code UnreadBody} drains the rest of the body. */
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e, ContainerRequestContext request) {
    return closing(
        refused(
            e.limit().isPresent()
                ? Problem.tooLarge(request.getUriInfo().getPath(), e.limit().getAsLong())
                : Problem.tooLarge(String.valueOf(e.getMessage()))));
  }

  @ServerExceptionMapper
  Response insufficientStorage(InsufficientStorageException e) {
    return noSpace(e);
  }

  static Response noSpace(InsufficientStorageException e) {
    LOG.errorf(e, "Request refused with 507: no space to store the body; clients may retry");
    return closing(
        retryLater(
            Problem.builder(
                "no-room",
                507,
                "no space to store the body; nothing was stored. Try again later, or give burnish.intake.directory or burnish.intake.max-on-disk more space"),
            60));
  }

  /** No client reads this response, but the log has a line. */
  @ServerExceptionMapper
  Response disconnected(ClientDisconnectedException e) {
    return closing(refused(Problem.of("broken-off", 400, String.valueOf(e.getMessage()))));
  }

  @ServerExceptionMapper
  Response state(JobStateException e) {
    return refused(
        Problem.builder("state-conflict", 409, String.valueOf(e.getMessage()))
            .with("state", e.state())
            .build());
  }

  @ServerExceptionMapper
  Response keyReused(KeyReusedException e) {
    return refused(Problem.of("idempotency-key-reused", 422, String.valueOf(e.getMessage())));
  }

  @ServerExceptionMapper
  Response busy(BusyException e) {
    LOG.warnf("Job refused with 429, the client may retry: %s", e.getMessage());
    return retryLater(Problem.builder("busy", 429, String.valueOf(e.getMessage())), 30);
  }

  @ServerExceptionMapper
  Response keyLimit(KeyLimitException e, ContainerRequestContext request) {
    return refused(Problem.keyLimit(String.valueOf(e.getMessage()), e.retryAfter()));
  }

  @ServerExceptionMapper
  Response tooManyRequests(TooManyRequestsException e) {
    ProblemResponse.log(Problem.of("busy", 429, String.valueOf(e.getMessage())));
    return retryLater(Problem.builder("busy", 429, String.valueOf(e.getMessage())), 10);
  }

  @ServerExceptionMapper
  Response tooSlow(TooSlowException e) {
    return closing(refused(Problem.of("too-slow", 408, String.valueOf(e.getMessage()))));
  }
}
