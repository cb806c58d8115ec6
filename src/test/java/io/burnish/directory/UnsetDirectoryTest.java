package io.burnish.directory;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.NarrowApi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A service without a data directory. */
@QuarkusTest
@TestProfile(NarrowApi.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class UnsetDirectoryTest {

  @Test
  void a_data_directory_is_refused_and_the_variable_is_named() {
    given()
        .contentType("application/json")
        .body("{\"dataDir\":\"sub\"}")
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations[0].message", containsString("DISCOUNT_DATA_DIR"));
  }
}
