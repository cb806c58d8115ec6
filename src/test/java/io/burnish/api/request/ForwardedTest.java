package io.burnish.api.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.NarrowApi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy that terminates TLS, as the README has it. Without: {@link HttpSurfaceTest}. */
@QuarkusTest
@TestProfile(NarrowApi.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ForwardedTest {

  @Test
  void location_has_the_address_that_the_client_sees() {
    given()
        .contentType("application/json; charset=utf-8")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "burnish.example")
        .body("[]")
        .post("/jobs")
        .then()
        .statusCode(202)
        .header("Location", startsWith("https://burnish.example/jobs/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example/x", "a b", "\"", "http://a", ":", "x:99999999", "[", "%zz"})
  void an_invalid_host_is_refused_or_used_as_text_but_is_no_internal_error(String host) {
    int status =
        given()
            .contentType("application/json; charset=utf-8")
            .header("X-Forwarded-Host", host)
            .body("[]")
            .post("/jobs")
            .statusCode();

    assertThat(status).isIn(202, 400);
  }
}
