package io.burnish.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  private static final List<Endpoint> RESULTS = endpoints("/jobs/1/results", "GET");
  private static final List<Endpoint> POST = endpoints("/jobs", "POST");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | application/json",
        "*/* | application/json",
        "* | application/json",
        "application/* | application/json",
        "application/x-ndjson | application/x-ndjson",
        "APPLICATION/JSON | application/json",
        "application/json;q=0.5, application/x-ndjson | application/x-ndjson",
        "application/json;q=0, */* | application/x-ndjson",
        "application/x-ndjson;q=0.2, */*;q=0.1 | application/x-ndjson",
        "text/html, */*;q=0.8 | application/json",
        "application/json; charset=UTF-8; q=0.9 | application/json",
        "application/json; charset=utf-16, */*;q=0.1 | application/x-ndjson",
      })
  void the_media_type_with_the_highest_weight_is_chosen(String accept, String form) {
    MultiMap headers = headers("Accept", accept);

    Optional<HttpProblem> problem = Accept.negotiate(headers, RESULTS);

    assertThat(problem).isEmpty();
    assertThat(headers.getAll("Accept")).containsExactly(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json;q=0",
        "*/*;q=0",
        "application/json; charset=utf-16",
        "garbage",
        ";;",
        "application/json;q=2",
        "a/b/c"
      })
  void an_unavailable_media_type_is_406_with_the_available_ones(String accept) {
    assertThat(Accept.negotiate(headers("Accept", accept), RESULTS))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.getStatusCode()).isEqualTo(406);
              assertThat(problem.getDetail()).contains("application/json", "x-ndjson", "UTF-8");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=\"utf-8\"",
        "application/x-ndjson",
        "application/x-ndjson ; charset=utf-8",
        "multipart/form-data; boundary=x"
      })
  void an_accepted_body(String type) {
    assertThat(ContentType.check(headers("Content-Type", type), POST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "text/plain",
        "application/json; charset=iso-8859-1",
        "application/*",
        "multipart/mixed"
      })
  void any_other_body_is_415_with_the_accepted_ones(String type) {
    assertThat(ContentType.check(headers("Content-Type", type), POST))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.getStatusCode()).isEqualTo(415);
              assertThat(problem.getDetail()).contains("multipart/form-data");
              if (type.contains("charset")) {
                assertThat(problem.getDetail()).contains("charset=iso-8859-1", "UTF-8");
              }
            });
  }

  @Test
  void a_body_without_a_media_type_is_accepted() {
    assertThat(ContentType.check(MultiMap.caseInsensitiveMultiMap(), POST)).isEmpty();
  }

  private static List<Endpoint> endpoints(String path, String method) {
    return Endpoints.at(path).stream().filter(e -> e.method().equals(method)).toList();
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }
}
