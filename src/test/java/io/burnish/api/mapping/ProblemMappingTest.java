package io.burnish.api.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.Problem.Violation;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMappingTest {

  private static final String INNER = "RESTEASY003210: io.vertx inner words";

  private final ProblemMapping mapping = new ProblemMapping();

  /** No test here fails by the database, so the pool is never renewed. */
  private final UnexpectedErrors unexpected = new UnexpectedErrors(null);

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 418, 429})
  void texts_of_the_framework_never_reach_a_client(int status) {
    HttpProblem problem = problem(unexpected.http(new WebApplicationException(INNER, status)));

    assertThat(problem.getStatusCode()).isEqualTo(status);
    assertThat(problem.getDetail()).isNotBlank().doesNotContain("RESTEASY", "io.vertx");
    assertThat(problem.getType().toString()).startsWith("urn:burnish:problem:");
  }

  @Test
  void texts_of_framework_subclasses_never_reach_a_client_either() {
    assertThat(problem(unexpected.http(new NotFoundException(INNER))).getDetail())
        .doesNotContain("RESTEASY");
    assertThat(
            problem(unexpected.http(new NotAllowedException(INNER, "GET", new String[] {"PUT"})))
                .getDetail())
        .doesNotContain("RESTEASY");
    assertThat(problem(unexpected.http(new BadRequestException(INNER))).getDetail())
        .isEqualTo("the request is refused");
  }

  @Test
  void an_internal_error_has_only_its_id() {
    HttpProblem problem = problem(unexpected.http(new WebApplicationException("a secret", 500)));

    assertThat(problem.getStatusCode()).isEqualTo(500);
    assertThat(problem.getDetail()).matches("look for [0-9a-f-]{36} in the log of the service");
  }

  @Test
  void a_redirection_passes() {
    Response moved =
        unexpected.http(new RedirectionException(Response.Status.SEE_OTHER, URI.create("/x")));

    assertThat(moved.getStatus()).isEqualTo(303);
  }

  @Test
  void each_error_in_a_query_is_a_violation() {
    HttpProblem problem =
        problem(
            mapping.query(
                new InvalidQueryException(
                    List.of(new Violation("a", "is wrong"), new Violation("b", "is wrong too")))));

    assertThat(problem.getStatusCode()).isEqualTo(422);
    assertThat(problem.getType()).hasToString("urn:burnish:problem:invalid");
    assertThat(problem.getDetail()).isEqualTo("a: is wrong");
    assertThat(problem.getParameters().get("violations"))
        .isEqualTo(List.of(new Violation("a", "is wrong"), new Violation("b", "is wrong too")));
  }

  private static HttpProblem problem(Response response) {
    assertThat(response.getMediaType()).hasToString(Problem.MEDIA_TYPE);
    return (HttpProblem) response.getEntity();
  }
}
