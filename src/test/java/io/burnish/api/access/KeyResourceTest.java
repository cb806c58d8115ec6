package io.burnish.api.access;

import static io.burnish.fixtures.Callers.admin;
import static io.burnish.fixtures.Callers.key;
import static io.burnish.fixtures.Callers.post;
import static io.burnish.fixtures.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Callers.Key;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The life of a key. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class KeyResourceTest {

  @Inject Sql sql;

  @Test
  void a_key_is_listed_with_its_last_use() {
    Key key = key("read", "listed");
    with(key.secret()).get("/models").then().statusCode(200);
    with(key.secret()).get("/models").then().statusCode(200);

    String found = "keys.find { it.id == '" + key.id() + "' }.";
    admin()
        .get("/keys?limit=200")
        .then()
        .body(found + "name", equalTo("read of listed"))
        .body(found + "state", equalTo("active"))
        .body(found + "createdBy", equalTo("BURNISH_ADMIN_KEY"));
    assertThat(
            Statements.one(
                sql,
                "SELECT last_used_at > clock_timestamp() - interval '1 minute' FROM access_key WHERE id = ?",
                UUID.fromString(key.id())))
        .isEqualTo("t");
  }

  @Test
  void the_list_has_pages() {
    Key older = key("read", "paged");
    Key newer = key("read", "paged");
    String next =
        admin()
            .get("/keys?limit=1")
            .then()
            .body("keys.id", hasItems(newer.id()))
            .extract()
            .path("next");

    admin().get("/keys?limit=1&cursor=" + next).then().body("keys[0].id", equalTo(older.id()));
  }

  @Test
  void a_revoked_key_is_refused_at_once_and_its_jobs_go_on() {
    Key key = key("submit", "revoked");
    String id = post(key.secret(), Discounts.readable("of-revoked"));

    admin().delete("/keys/" + key.id()).then().statusCode(200).body("pausedJobs", equalTo(0));
    admin().delete("/keys/" + key.id()).then().body("key.state", equalTo("revoked"));

    with(key.secret()).get("/models").then().statusCode(401);
    admin().get("/jobs/" + id).then().body("state", equalTo("queued"));
    admin().post("/keys/" + key.id() + "/rotate").then().statusCode(409);
  }

  @Test
  void jobs_of_a_revoked_key_are_paused_on_request_and_resumed_by_its_owner() {
    Key leaked = key("submit", "leaky");
    Key other = key("submit", "leaky");
    String id = post(leaked.secret(), Discounts.readable("of-leaked"));
    String kept = post(other.secret(), Discounts.readable("of-other"));

    admin()
        .delete("/keys/" + leaked.id() + "?jobs=pause")
        .then()
        .statusCode(200)
        .body("pausedJobs", equalTo(1));

    with(other.secret())
        .get("/jobs/" + id)
        .then()
        .body("state", equalTo("paused"))
        .body("paused.by", equalTo("BURNISH_ADMIN_KEY"));
    with(other.secret()).get("/jobs/" + kept).then().body("state", equalTo("queued"));
    with(other.secret())
        .post("/jobs/" + id + "/resume")
        .then()
        .statusCode(200)
        .body("state", equalTo("queued"));
  }

  @Test
  void an_expired_key_is_refused_within_two_seconds() {
    Key key = key("read", "expired");
    with(key.secret()).get("/models").then().statusCode(200);

    Statements.change(
        sql,
        "UPDATE access_key SET expires_at = clock_timestamp() WHERE id = ?",
        UUID.fromString(key.id()));

    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> with(key.secret()).get("/models").statusCode() == 401);
    admin()
        .get("/keys?limit=200")
        .then()
        .body("keys.find { it.id == '" + key.id() + "' }.state", equalTo("expired"));
  }

  @Test
  void after_a_rotation_both_secrets_are_valid_for_a_day() {
    Key key = key("read", "rotated");
    String fresh =
        admin()
            .post("/keys/" + key.id() + "/rotate")
            .then()
            .statusCode(200)
            .body("key.id", equalTo(key.id()))
            .extract()
            .path("secret");

    with(key.secret()).get("/models").then().statusCode(200);
    with(fresh).get("/models").then().statusCode(200);
    Statements.change(
        sql,
        "UPDATE access_key_secret SET valid_until = valid_until - interval '1 day' WHERE key_id = ? AND valid_until IS NOT NULL",
        UUID.fromString(key.id()));

    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> with(key.secret()).get("/models").statusCode() == 401);
    with(fresh).get("/models").then().statusCode(200);
  }

  @Test
  void a_key_that_is_not_well_described_is_refused_with_each_reason() {
    admin()
        .body("{\"role\":\"king\",\"owner\":\"a b\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}")
        .post("/keys")
        .then()
        .statusCode(422)
        .body("violations.field", hasItems("name", "role", "owner", "expiresAt"));
  }
}
