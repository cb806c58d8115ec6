package io.burnish.api.tracking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class TrackingResourceTest {

  private static final String OLD_STATE =
      "{\"processed_discounts\":[\"89\",7],\"failed_discounts\":[\"93\",\"89\"],"
          + "\"model_429_count\":{\"llama3-70b-8192\":3},\"timestamp\":\"2025-08-07T21:19:40.642738\",\"more\":1}";

  Simulator simulator;
  @Inject Sql sql;

  @BeforeEach
  void nothing_is_tracked() {
    simulator.clear();
    given().delete("/tracking").then().statusCode(200);
  }

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void contents_are_counted_by_profile_and_shown_by_key() {
    fail(Discounts.readable("1"));
    Scenario.given(Discounts.readable("1"), Discounts.readable("2")).ended();

    given()
        .get("/tracking")
        .then()
        .statusCode(200)
        .body("provider", equalTo("simulated"))
        .body("estimated", equalTo(false))
        .body("processed", equalTo(2))
        .body("failed", equalTo(1))
        .body("imported", equalTo(0))
        .body("profiles.discount.processed", equalTo(2));
    given()
        .get("/tracking/1")
        .then()
        .statusCode(200)
        .body("key", equalTo("1"))
        .body("known.state", contains("processed", "failed"))
        .body("known.profile", contains("discount", "discount"))
        .body("known.imported", contains(false, false))
        .body("known[0].model", containsString("simulated/"))
        .body("known[0].fingerprint.length()", equalTo(64))
        .body("known[0].errorCode", nullValue())
        .body("known[1].errors[0]", containsString("Discounts"));
  }

  @Test
  void an_unknown_key_is_not_found() {
    given()
        .get("/tracking/unheard")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("the key \"unheard\" is not tracked"));
  }

  @Test
  void a_key_may_hold_any_characters() {
    String key = "a/b ק?";
    Scenario.given(Discounts.readable(key)).ended();

    given().get("/tracking/{key}", key).then().statusCode(200).body("key", equalTo(key));
    given().queryParam("key", key).delete("/tracking").then().body("forgotten", equalTo(1));
  }

  @Test
  void an_old_state_file_is_exported_as_it_was_imported() {
    importState(OLD_STATE)
        .statusCode(200)
        .body("processed", equalTo(2))
        .body("failed", equalTo(1))
        .body("models", equalTo(1));

    String exported = given().get("/tracking/state").asString();

    assertThat(exported)
        .startsWith(
            "{\"processed_discounts\":[\"7\",\"89\"],\"failed_discounts\":[\"93\"],\"model_429_count\":{\"llama3-70b-8192\":3},\"timestamp\":\"")
        .matches(".*\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\"}");
    given().get("/tracking").then().body("imported", equalTo(3)).body("processed", equalTo(0));
    given()
        .get("/tracking/89")
        .then()
        .body("known.state", contains("processed"))
        .body("known.imported", contains(true))
        .body("known[0].fingerprint", nullValue());
  }

  @Test
  void ids_and_models_in_any_script_are_exported_unchanged() {
    String state =
        "{\"processed_discounts\":[\"3\",\"20\",\"a \\\"b\\\" \\\\\",\"ק\uD83C\uDF81\"],\"failed_discounts\":[\"020\"],\"model_429_count\":{\"מ\":0,\"x/y\":2147483647},";

    importState(state + "\"timestamp\":\"\"}").statusCode(200);
    String exported = given().get("/tracking/state").asString();
    given().delete("/tracking");
    importState(exported).statusCode(200);

    assertThat(exported)
        .contains(
            "\"3\",\"20\",\"a \\\"b\\\" \\\\\",\"ק\uD83C\uDF81\"",
            "[\"020\"]",
            "\"x/y\":2147483647");
    assertThat(withoutTime(given().get("/tracking/state").asString()))
        .isEqualTo(withoutTime(exported));
  }

  @Test
  void an_import_only_adds_and_is_idempotent() {
    importState(OLD_STATE);
    String once = withoutTime(given().get("/tracking/state").asString());

    importState(OLD_STATE).statusCode(200);
    String twice = withoutTime(given().get("/tracking/state").asString());
    importState(
        "{\"processed_discounts\":[93],\"failed_discounts\":[7,100],\"model_429_count\":{\"llama3-70b-8192\":4}}");

    assertThat(twice).isEqualTo(once);
    JsonPath state = given().get("/tracking/state").jsonPath();
    assertThat(state.getList("processed_discounts")).containsExactly("7", "89", "93");
    assertThat(state.getList("failed_discounts")).containsExactly("100");
    assertThat(state.getMap("model_429_count")).isEqualTo(Map.of("llama3-70b-8192", 4));
  }

  @Test
  void the_export_has_decisions_of_jobs_and_a_success_wins_over_a_failure() {
    fail(Discounts.readable("1"));
    fail(Discounts.readable("3"));
    Scenario.given(Discounts.readable("1"), Discounts.readable("2")).ended();
    importState("{\"failed_discounts\":[2,4]}");

    JsonPath state = given().get("/tracking/state").jsonPath();

    assertThat(state.getList("processed_discounts")).containsExactly("1", "2");
    assertThat(state.getList("failed_discounts")).containsExactly("3", "4");
  }

  @Test
  void a_malformed_state_file_is_refused_with_line_and_column() {
    importState("{\n\"processed_discounts\":[\"1\",\n\"2\" \"3\"]}")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", endsWith(":malformed"))
        .body("line", equalTo(3))
        .body("column", equalTo(5));
    importState("{\"processed_discounts\":[1,{}]}")
        .statusCode(422)
        .body("type", endsWith(":invalid"))
        .body("violations.field", contains("processed_discounts[1]"))
        .body("line", equalTo(1))
        .body("column", equalTo(27));
    importState("{}").statusCode(422).body("detail", containsString("is it a state file?"));

    given().get("/tracking").then().body("imported", equalTo(0));
  }

  @Test
  void entries_are_deleted_by_state_profile_and_key() {
    fail(Discounts.readable("1"));
    Scenario.given(Discounts.readable("1"), Discounts.readable("2")).ended();
    importState("{\"processed_discounts\":[2,3],\"failed_discounts\":[4]}");

    forget(Map.of("profile", "other")).body("forgotten", equalTo(0));
    forget(Map.of("key", "2", "state", "failed")).body("forgotten", equalTo(0));
    forget(Map.of("state", "failed")).body("forgotten", equalTo(2));
    forget(Map.of("key", "2", "profile", "discount")).body("forgotten", equalTo(2));
    given()
        .get("/tracking")
        .then()
        .body("processed", equalTo(1))
        .body("failed", equalTo(0))
        .body("imported", equalTo(1));
    forget(Map.of()).body("forgotten", equalTo(2));
    given().get("/tracking/1").then().statusCode(404);
  }

  @Test
  void an_invalid_condition_deletes_nothing() {
    importState(OLD_STATE);

    forget(Map.of("state", "done"))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("detail", containsString("known are processed, failed"))
        .body("violations.field", contains("state"));
    forget(Map.of("id", "89")).statusCode(422).body("violations.field", contains("id"));
    given().queryParam("key", "7", "89").delete("/tracking").then().statusCode(422);

    given().get("/tracking").then().body("imported", equalTo(3));
  }

  @Test
  void what_is_forgotten_is_asked_about_again() {
    Scenario job = Scenario.given(Discounts.readable("1"));
    job.ended();
    forget(Map.of("key", "1"));

    PostedJob again = job.ended().assertReused(0);

    assertThat(again.view().getMap("models")).isNotEmpty();
  }

  @Test
  void entries_of_another_provider_are_neither_shown_nor_exported_nor_deleted() {
    run(
        "INSERT INTO enhancement (provider, profile, fingerprint, record_key, state, result)"
            + " VALUES ('groq', 'discount', '\\x00', 'real', 'processed', '{}')");
    run(
        "INSERT INTO imported_key (provider, profile, record_key, state) VALUES ('groq', 'discount', 'old', 'failed')");

    int forgotten = given().delete("/tracking").path("forgotten");

    assertThat(forgotten).isZero();
    given().get("/tracking").then().body("processed", equalTo(0)).body("imported", equalTo(0));
    given().get("/tracking/real").then().statusCode(404);
    assertThat(given().get("/tracking/state").jsonPath().getList("processed_discounts")).isEmpty();
    assertThat(run("DELETE FROM enhancement WHERE provider = 'groq'")).isEqualTo(1);
    assertThat(run("DELETE FROM imported_key WHERE provider = 'groq'")).isEqualTo(1);
  }

  /** More than two transactions forget; what does not fit the condition stays. */
  @Test
  void many_entries_are_deleted_in_chunks_and_no_others() {
    run(
        "INSERT INTO enhancement (provider, profile, fingerprint, record_key, state, result, error_code)"
            + " SELECT 'simulated', 'discount', decode(md5(n::text), 'hex'), n::text, 'failed', NULL, 'x'"
            + " FROM generate_series(1, 25000) n");
    run(
        "INSERT INTO imported_key (provider, profile, record_key, state)"
            + " SELECT 'simulated', 'discount', 'old' || n, CASE n % 2 WHEN 0 THEN 'failed' ELSE 'processed' END"
            + " FROM generate_series(1, 25000) n");

    forget(Map.of("state", "failed", "profile", "recipe")).body("forgotten", equalTo(0));
    forget(Map.of("state", "failed", "profile", "discount")).body("forgotten", equalTo(37_500));
    forget(Map.of()).body("forgotten", equalTo(12_500));

    given().get("/tracking").then().body("failed", equalTo(0)).body("imported", equalTo(0));
  }

  @Test
  void a_state_file_with_many_keys_is_sorted() {
    run(
        "INSERT INTO enhancement (provider, profile, fingerprint, record_key, state, result, error_code)"
            + " SELECT 'simulated', 'discount', decode(md5(n::text), 'hex'), n::text,"
            + " CASE n % 2 WHEN 0 THEN 'failed' ELSE 'processed' END,"
            + " CASE n % 2 WHEN 0 THEN NULL ELSE '{}' END, NULL"
            + " FROM generate_series(1, 25000) n");

    JsonPath state = given().get("/tracking/state").jsonPath();

    List<String> processed = state.getList("processed_discounts");
    assertThat(processed).hasSize(12_500).startsWith("1", "3", "5").endsWith("24999");
    List<String> failed = state.getList("failed_discounts");
    assertThat(failed).hasSize(12_500).startsWith("2", "4", "6").endsWith("25000");
  }

  private void fail(ObjectNode discount) {
    Scenario.given(discount)
        .onProvider(simulator, discount, InjectedFault.WRONG_CATEGORY)
        .ended()
        .assertCounts(0, 1);
  }

  private int run(String statement) {
    return Statements.change(sql, statement);
  }

  private static ValidatableResponse importState(String body) {
    return given().contentType("application/json").body(body).put("/tracking/state").then();
  }

  private static ValidatableResponse forget(Map<String, String> conditions) {
    return given().queryParams(conditions).delete("/tracking").then();
  }

  private static String withoutTime(String state) {
    return state.replaceAll("\"timestamp\":\"[^\"]*\"", "");
  }
}
