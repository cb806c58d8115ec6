package io.burnish.api.mapping;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a client is told when the database went away under its request. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class DatabaseUnavailableTest {

  /** An address under which the database is always away. */
  @Path("/tests/away")
  @Blocking
  public static class Away {

    @GET
    public String get() {
      throw away();
    }

    @POST
    public String post() {
      throw away();
    }

    @DELETE
    public String delete() {
      throw away();
    }

    private static IllegalStateException away() {
      return new IllegalStateException(new SQLException("the line was cut", "08006"));
    }
  }

  @Test
  void reads_may_be_repeated() {
    given()
        .get("/tests/away")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("5"))
        .body("type", endsWith(":database-away"))
        .body("detail", containsString("again in a few seconds"));
  }

  @Test
  void a_post_with_a_key_may_be_repeated() {
    given()
        .header("Idempotency-Key", "k")
        .post("/tests/away")
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("5"))
        .body("detail", containsString("it may have been stored, or not"))
        .body("detail", containsString("with the same Idempotency-Key: it is stored once"));
  }

  @Test
  void a_post_without_a_key_is_answered_with_what_a_second_post_may_make() {
    given()
        .post("/tests/away")
        .then()
        .statusCode(503)
        .body("detail", containsString("it may have been stored, or not"))
        .body("detail", containsString("may make a second job"));
  }

  @Test
  void a_delete_may_be_repeated() {
    given()
        .delete("/tests/away")
        .then()
        .statusCode(503)
        .body("detail", containsString("it may have been stored, or not"))
        .body("detail", containsString("idempotent"));
  }

  @Test
  void a_failed_change_is_not_said_to_have_changed_nothing() {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      for (boolean keyed : new boolean[] {true, false}) {
        assertThat(DatabaseUnavailable.detail(method, keyed))
            .contains("may have been")
            .doesNotContain("nothing was");
      }
    }
  }
}
