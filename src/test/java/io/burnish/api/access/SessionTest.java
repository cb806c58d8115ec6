package io.burnish.api.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.burnish.access.session.SessionToken;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sessions: the cookie stands for its key, and for no more than that. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class SessionTest {

  private static final String COOKIE = "burnish-session";

  @Inject Sql sql;

  private static String open(String key) {
    return Callers.with(key).post("/session").then().statusCode(204).extract().cookie(COOKIE);
  }

  private static RequestSpecification in(String session) {
    return given().cookie(COOKIE, session);
  }

  private static RequestSpecification changing(String session) {
    return in(session).header(SessionToken.HEADER, SessionToken.of(session));
  }

  @Test
  void a_session_is_the_caller_of_its_key() {
    Callers.Key key = Callers.key("submit", "session-shop");
    String job = Callers.post(key.secret(), Discounts.readable("1"));
    String session = open(key.secret());

    in(session).get("/jobs/" + job).then().statusCode(200);
    changing(session).post("/jobs/" + job + "/pause").then().statusCode(200);
    in(session).get("/keys").then().statusCode(403);
    in(open(Callers.key("submit", "another-shop").secret()))
        .get("/jobs/" + job)
        .then()
        .statusCode(404);
    in(open(Authenticated.ADMIN_KEY)).get("/keys").then().statusCode(200);
  }

  @Test
  void the_cookie_is_not_for_scripts_and_not_for_other_sites() {
    Response opened = Callers.admin().post("/session");

    assertThat(opened.getHeader("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure");
  }

  @Test
  void a_change_without_the_token_of_the_session_is_refused() {
    String session = open(Callers.key("submit", "forged").secret());

    in(session)
        .contentType("application/json")
        .body("[]")
        .post("/jobs")
        .then()
        .statusCode(403)
        .body("detail", containsString("X-CSRF-Token"));
    in(session)
        .header(SessionToken.HEADER, SessionToken.of(open(Authenticated.ADMIN_KEY)))
        .contentType("application/json")
        .body("[]")
        .post("/jobs")
        .then()
        .statusCode(403);
    in(session).get("/jobs").then().statusCode(200);
  }

  @Test
  void a_session_ends_by_its_owner_by_time_and_with_its_key() {
    Callers.Key key = Callers.key("read", "ending");
    String closed = open(key.secret());
    String old = open(key.secret());
    String other = open(key.secret());

    changing(closed).delete("/session").then().statusCode(204);
    in(closed).get("/jobs").then().statusCode(401);

    Statements.change(
        sql,
        "UPDATE access_session SET ends_at = clock_timestamp() WHERE sha256 = sha256(?)",
        old.getBytes(StandardCharsets.US_ASCII));
    in(old).get("/jobs").then().statusCode(401);

    in(other).get("/jobs").then().statusCode(200);
    Callers.admin().delete("/keys/" + key.id()).then().statusCode(200);
    in(other).get("/jobs").then().statusCode(401);
  }

  @Test
  void a_token_of_the_provider_opens_no_session() {
    Callers.with(TokenIssuer.token("ann", "submit"))
        .post("/session")
        .then()
        .statusCode(422)
        .body("detail", containsString("a token can't open one"));
  }

  @Test
  void only_a_valid_key_opens_a_session() {
    given().post("/session").then().statusCode(401);
    Callers.with("bk_0123456789012345678901234567890123456789012")
        .post("/session")
        .then()
        .statusCode(401);
    changing(open(Authenticated.ADMIN_KEY)).post("/session").then().statusCode(422);
  }

  @Test
  void a_text_that_is_no_session_is_no_session() {
    in("x".repeat(43)).get("/jobs").then().statusCode(401);
    in("'; DROP TABLE access_session; --").get("/jobs").then().statusCode(401);
    in(open(Authenticated.ADMIN_KEY) + "x").get("/jobs").then().statusCode(401);
  }

  @Test
  void the_database_has_neither_the_session_nor_the_key() {
    String session = open(Authenticated.ADMIN_KEY);

    assertThat(
            Statements.number(
                sql,
                "SELECT count(*) FROM access_session s WHERE s::text LIKE ? OR s::text LIKE ?",
                "%" + session + "%",
                "%" + Authenticated.ADMIN_KEY + "%"))
        .isZero();
  }
}
