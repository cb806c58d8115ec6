package io.burnish.api.request;

import static io.burnish.fixtures.Callers.admin;
import static io.burnish.fixtures.Callers.post;
import static io.burnish.fixtures.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class OidcTest {

  @Test
  void owner_and_role_are_claims_of_the_token() {
    String id = post(TokenIssuer.token("ada", "submit"), Discounts.readable("of-ada"));

    with(TokenIssuer.token("ada", "read")).get("/jobs/" + id).then().statusCode(200);
    with(TokenIssuer.token("bob", "submit")).get("/jobs/" + id).then().statusCode(404);
    with(TokenIssuer.token("eve", "other", "admin")).get("/jobs/" + id).then().statusCode(200);
    assertThat(
            admin()
                .get("/audit?limit=200")
                .jsonPath()
                .getList("entries.findAll { it.owner == 'ada' }.who"))
        .isNotEmpty();
  }

  @Test
  void a_token_without_a_role_is_refused_with_403() {
    for (String token : new String[] {TokenIssuer.token("ada"), TokenIssuer.token("ada", "king")}) {
      with(token)
          .get("/jobs")
          .then()
          .statusCode(403)
          .contentType("application/problem+json")
          .body("detail", containsString("no role or no owner"));
    }
    with(TokenIssuer.token("ada", "read")).body("[]").post("/jobs").then().statusCode(403);
  }

  @Test
  void a_token_that_is_expired_or_signed_by_another_is_refused_with_401() {
    for (String token :
        new String[] {TokenIssuer.expired("ada", "admin"), TokenIssuer.forged("ada", "admin")}) {
      with(token)
          .get("/jobs")
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", containsString("invalid_token"));
    }
  }
}
