package io.burnish.api.items;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures of a job by their codes. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class FailureGroupsTest {

  @Inject Sql sql;

  @Test
  void failures_are_counted_by_code_with_the_rule_and_three_examples() {
    String id =
        Api.post(
            Discounts.list(
                Discounts.empty("a"),
                Discounts.readable("ok"),
                Discounts.empty("b"),
                Discounts.empty("ק 🎁"),
                Discounts.readable(" "),
                Discounts.empty("d")));

    JsonPath groups = groups(id, "");

    assertThat(groups.getInt("counted")).isEqualTo(5);
    assertThat(groups.getBoolean("complete")).isTrue();
    assertThat(groups.getList("groups.code"))
        .containsExactly("nothing_to_enhance", "missing_discount_id");
    assertThat(groups.getList("groups.count")).containsExactly(4, 1);
    assertThat(groups.getString("groups[0].rule"))
        .isEqualTo("one of title, price, description and terms_and_conditions says something");
    assertThat(groups.getList("groups[0].examples.seq")).containsExactly(0, 2, 3);
    assertThat(groups.getList("groups[0].examples.key")).containsExactly("a", "b", "ק 🎁");
    assertThat(groups.getString("groups[0].examples[0].error")).contains("are all empty or N/A");
    assertThat(groups.getString("groups[1].examples[0].key")).isNull();
  }

  @Test
  void each_file_has_its_own_groups() {
    String id =
        Api.post(
            "{\"files\":[{\"name\":\"a\",\"records\":[7]},{\"name\":\"ג b\",\"records\":[8,{}]}]}");

    assertThat(groups(id, "&file=a").getList("groups.count")).containsExactly(1);
    assertThat(groups(id, "&file=ג b").getInt("counted")).isEqualTo(2);
    given().get("/jobs/" + id + "/failures?groupBy=code&file=c").then().statusCode(404);
  }

  @Test
  void a_job_without_failures_has_no_groups() {
    JsonPath groups = groups(Api.post(Discounts.list(Discounts.readable("1"))), "");

    assertThat(groups.getInt("counted")).isZero();
    assertThat(groups.getBoolean("complete")).isTrue();
    assertThat(groups.getList("groups")).isEmpty();
  }

  @Test
  void a_code_of_another_version_has_no_rule() {
    String id = Api.post("[7]");
    Statements.change(
        sql, "UPDATE item SET error_code = 'of_another_version' WHERE job_id = ?::uuid", id);

    assertThat(groups(id, "").getList("groups.code")).containsExactly("of_another_version");
    assertThat(groups(id, "").getString("groups[0].rule")).isNull();
  }

  @Test
  void more_failures_than_are_counted_are_told() {
    String id = Api.post("[7]");
    Statements.change(
        sql,
        """
        INSERT INTO item (job_id, seq, state, error_code)
        SELECT ?::uuid, seq, 'failed', CASE WHEN seq % 4 = 0 THEN 'timed_out' ELSE 'too_large' END
        FROM generate_series(1, 100000) AS seq
        """,
        id);
    Statements.change(
        sql,
        "INSERT INTO item_failure SELECT id, '{why}' FROM item WHERE job_id = ?::uuid AND seq > 0",
        id);

    JsonPath groups = groups(id, "");

    assertThat(groups.getInt("counted")).isEqualTo(100_000);
    assertThat(groups.getBoolean("complete")).isFalse();
    assertThat(groups.getList("groups.code"))
        .containsExactly("too_large", "timed_out", "not_an_object");
    assertThat(groups.getList("groups.count")).containsExactly(75_000, 24_999, 1);
    assertThat(groups.getList("groups[1].examples.seq")).containsExactly(4, 8, 12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groupBy=model | 422 | known is code",
        "groupBy=CODE | 422 | known is code",
        "groupBy= | 422 | is empty",
        "groupBy=code&groupBy=code | 422 | may be given once",
        "groupBy=code&format=records | 422 | can't be combined with format",
      })
  void a_wrong_value_is_refused(String query, int status, String detail) {
    given()
        .get("/jobs/" + Api.post("[7]") + "/failures?" + query)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  @Test
  void groups_are_json_only() {
    String id = Api.post("[7]");

    given()
        .accept("application/x-ndjson")
        .get("/jobs/" + id + "/failures?groupBy=code")
        .then()
        .statusCode(406)
        .contentType("application/problem+json");
    given()
        .accept("application/x-ndjson, application/json;q=0.5")
        .get("/jobs/" + id + "/failures")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-0000-0000-000000000000"})
  void an_unknown_job_has_none(String id) {
    given().get("/jobs/" + id + "/failures?groupBy=code").then().statusCode(404);
  }

  @Test
  void a_removed_job_has_none() {
    String id = Api.post("[7]");
    Statements.change(sql, "UPDATE job SET removed_at = now() WHERE id = ?", UUID.fromString(id));

    given().get("/jobs/" + id + "/failures?groupBy=code").then().statusCode(404);
  }

  /** Each group holds a permit for a download, as a list of failures does. */
  @Test
  void many_answers_take_no_permit_for_ever() {
    String id = Api.post("[7]");

    for (int i = 0; i < 40; i++) {
      assertThat(groups(id, "").getList("groups.code")).isEqualTo(List.of("not_an_object"));
    }
  }

  private static JsonPath groups(String id, String query) {
    return Api.get(id, "/failures?groupBy=code" + query);
  }
}
