package io.burnish.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Titles of problems are reason phrases, so that a client finds them in any HTTP reference. */
class ProblemTest {

  /** Each status that a problem can have. Source: IANA HTTP Status Code Registry, read 2026-11. */
  @ParameterizedTest
  @CsvSource({
    "400, Bad Request",
    "401, Unauthorized",
    "403, Forbidden",
    "404, Not Found",
    "405, Method Not Allowed",
    "406, Not Acceptable",
    "408, Request Timeout",
    "411, Length Required",
    "413, Content Too Large",
    "414, URI Too Long",
    "415, Unsupported Media Type",
    "416, Range Not Satisfiable",
    "417, Expectation Failed",
    "422, Unprocessable Content",
    "429, Too Many Requests",
    "431, Request Header Fields Too Large",
    "500, Internal Server Error",
    "501, Not Implemented",
    "503, Service Unavailable",
    "507, Insufficient Storage",
  })
  void a_title_is_the_reason_phrase_of_the_status(int status, String phrase) {
    assertThat(Problem.of("any", status, "a detail").getTitle()).isEqualTo(phrase);
  }

  static Stream<HttpProblem> problems() {
    return Stream.of(
        Problem.badRequest("d"),
        Problem.malformed("d", 1, 2),
        Problem.notFound("d"),
        Problem.noResource(),
        Problem.methodNotAllowed(""),
        Problem.methodNotAllowed("GET"),
        Problem.notAcceptable("d"),
        Problem.tooLarge("d"),
        Problem.unsupportedMediaType("d"),
        Problem.invalid("d", List.of()).build(),
        Problem.unexpected(new IllegalStateException("d")));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void each_kind_has_a_type_of_this_service_and_the_title_of_its_status(HttpProblem problem) {
    assertThat(problem.getType().toString()).startsWith("urn:burnish:problem:");
    assertThat(problem.getTitle()).isEqualTo(Problem.reasonPhrase(problem.getStatusCode()));
    assertThat(problem.getDetail()).isNotBlank();
  }

  @Test
  void the_place_of_an_error_is_named_where_it_is_known() {
    assertThat(Problem.malformed("d", 3, 4).getParameters())
        .containsEntry("line", 3)
        .containsEntry("column", 4);
    assertThat(Problem.malformed("d", 0, 0).getParameters()).isEmpty();
  }
}
