package io.burnish.api.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/** Problems as responses. {@code SafeLogLines} makes the log lines safe. */
public final class ProblemResponse {

  private static final Logger LOG = Logger.getLogger(ProblemResponse.class);

  private ProblemResponse() {}

  /** The response to a request that is refused; the refusal is logged at DEBUG, without a stack. */
  public static Response refused(HttpProblem problem) {
    log(problem);
    return problem.toResponse();
  }

  /** The same where no resource was reached. */
  public static void log(HttpProblem problem) {
    LOG.debugf("Request refused with %d: %s", problem.getStatusCode(), problem.getDetail());
  }

  /** The response to a request that may succeed later; the caller logs it. */
  public static Response retryLater(HttpProblem.Builder problem, int seconds) {
    return problem.withHeader(HttpHeaders.RETRY_AFTER, seconds).build().toResponse();
  }

  /** Closes the connection after the response: the rest of the body is not read. */
  public static Response closing(Response response) {
    response.getHeaders().putSingle("Connection", "close");
    return response;
  }
}
