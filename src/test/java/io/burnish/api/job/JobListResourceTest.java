package io.burnish.api.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.api.input.Cursor;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of jobs, its pages and its conditions. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class JobListResourceTest {

  @Inject Sql sql;

  @BeforeEach
  void there_are_no_jobs() {
    Statements.empty(sql, "job");
  }

  @Test
  void without_jobs_the_list_is_empty() {
    given()
        .get("/jobs")
        .then()
        .statusCode(200)
        .body("jobs", equalTo(List.of()))
        .body("next", nullValue());
  }

  @Test
  void jobs_come_newest_first_with_their_counts_and_links() {
    String older = post("older", 2);
    String newer =
        Api.post("{\"mode\":\"store\",\"options\":{\"priority\":\"low\"},\"records\":[{}]}");

    JsonPath list = list("");

    assertThat(list.getList("jobs.id")).containsExactly(newer, older);
    assertThat(list.getList("jobs.name")).containsExactly(null, "older");
    assertThat(list.getList("jobs.mode")).containsExactly("store", "enhance");
    assertThat(list.getList("jobs.priority")).containsExactly("low", "normal");
    assertThat(list.getList("jobs.state")).containsExactly("completed", "queued");
    assertThat(list.getList("jobs.outcome")).containsExactly("failed", null);
    assertThat(list.getList("jobs.progress")).containsExactly(1.0f, 0.0f);
    assertThat(list.getMap("jobs[1].counts"))
        .isEqualTo(Api.job(older).getMap("counts"))
        .containsEntry("pending", 2);
    assertThat(list.getMap("jobs[0].links")).isEqualTo(Api.job(newer).getMap("links"));
    assertThat(list.getString("next")).isNull();
  }

  @Test
  void running_items_are_counted() {
    String id = post("n", 3);
    Statements.change(
        sql,
        "UPDATE item SET state = 'running', worker_id = ? WHERE job_id = ?::uuid AND seq < 2",
        UUID.randomUUID(),
        id);
    post("another", 1);

    assertThat(list("").getList("jobs.counts.running")).containsExactly(0, 2);
    assertThat(list("").getList("jobs.counts.pending")).containsExactly(1, 1);
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition_while_jobs_come_and_go() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, post("n" + i, 1));
    }

    JsonPath first = list("?limit=2");
    post("later", 1);
    remove(ids.get(1));
    JsonPath second = list("?limit=2&cursor=" + first.getString("next"));
    JsonPath third = list("?limit=2&cursor=" + second.getString("next"));

    assertThat(first.getList("jobs.id")).isEqualTo(ids.subList(0, 2));
    assertThat(second.getList("jobs.id")).isEqualTo(ids.subList(2, 4));
    assertThat(third.getList("jobs.id")).isEqualTo(ids.subList(4, 5));
    assertThat(third.getString("next")).isNull();
  }

  @Test
  void a_last_page_that_is_full_has_no_next() {
    post("a", 1);
    post("b", 1);

    assertThat(list("?limit=2").getString("next")).isNull();
    assertThat(list("?limit=1").getString("next")).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void a_removed_job_is_not_listed() {
    String removed = post("removed", 1);
    String kept = post("kept", 1);
    remove(removed);

    assertThat(list("").getList("jobs.id")).containsExactly(kept);
  }

  @Test
  void a_page_has_at_most_the_limit_and_fifty_by_default() {
    for (int i = 0; i < 51; i++) {
      Api.post("[]");
    }

    assertThat(list("").getList("jobs")).hasSize(50);
    assertThat(list("?limit=200").getList("jobs")).hasSize(51);
  }

  @Test
  void each_condition_restricts_the_list_and_all_must_be_met() {
    String queued = post("Nightly lamps", 1);
    String failed = Api.post("{\"name\":\"nightly\",\"records\":[7]}");
    String paused = post("by day", 1);
    Statements.change(sql, "UPDATE job SET state = 'paused' WHERE id = ?::uuid", paused);

    assertThat(ids("state", "queued")).containsExactly(queued);
    assertThat(ids("state", "paused")).containsExactly(paused);
    assertThat(ids("state", "running")).isEmpty();
    assertThat(ids("outcome", "failed")).containsExactly(failed);
    assertThat(ids("name", "NIGHT")).containsExactly(failed, queued);
    assertThat(ids("profile", "discount")).containsExactly(paused, failed, queued);
    assertThat(ids("profile", "no-such-profile")).isEmpty();
    assertThat(ids("name", "night", "state", "completed")).containsExactly(failed);
  }

  @Test
  void times_exclude_their_own_moment_and_may_have_any_offset() {
    String early = post("early", 1);
    String late = post("late", 1);
    Statements.change(
        sql, "UPDATE job SET created_at = '2026-01-01T12:00:00.5Z' WHERE id = ?::uuid", early);

    assertThat(ids("createdBefore", "2026-01-01T12:00:00.500Z")).isEmpty();
    assertThat(ids("createdBefore", "2026-01-01T14:00:00.501+02:00")).containsExactly(early);
    assertThat(ids("createdAfter", "2026-01-01T12:00:00.5Z")).containsExactly(late);
    assertThat(ids("createdAfter", "2026-01-01T12:00:00.499Z")).containsExactly(late, early);
    assertThat(ids("createdAfter", OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).toString()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"50% _off\\", "a'b\"c;--", "ניידים 🎁", "äÖ", "\u202e\t", "%", "_"})
  void a_name_is_found_by_the_text_that_it_has(String name) {
    Api.post(
        "{\"name\":%s,\"records\":[]}".formatted(RecordJson.object().textNode("x" + name + "y")));
    Api.post("{\"name\":\"plain\",\"records\":[]}");

    assertThat(list("", Map.of("name", name)).getList("jobs.name"))
        .containsExactly("x" + name + "y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=done | state | known are queued, running, paused, completed, cancelled, expired",
        "state=QUEUED | state | is not known",
        "outcome=ok | outcome | known are succeeded, partial, failed",
        "limit=0 | limit | from 1 to 200",
        "limit=201 | limit | from 1 to 200",
        "limit=-1 | limit | from 1 to 200",
        "limit=1.5 | limit | from 1 to 200",
        "limit=99999999999 | limit | from 1 to 200",
        "createdAfter=yesterday | createdAfter | ISO 8601",
        "createdAfter=2026-01-01 | createdAfter | ISO 8601",
        "createdBefore=2026-13-01T00:00:00Z | createdBefore | ISO 8601",
        "createdBefore=%2B99999-01-01T00:00:00Z | createdBefore | ISO 8601",
        "createdBefore=-0005-01-01T00:00:00Z | createdBefore | ISO 8601",
        "cursor=x | cursor | is no cursor of this list",
        "cursor=%21%21 | cursor | is no cursor of this list",
        "cursor=am9icyA | cursor | is no cursor of this list",
        "cursor=am9icyBub3RhdXVpZA | cursor | is no cursor of this list",
        "order=name | order | is not a parameter",
      })
  void a_wrong_value_is_refused_by_its_name(String query, String field, String message) {
    refused(query)
        .body("violations.field", contains(field))
        .body("violations[0].message", containsString(message));
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    refused("state=x&limit=0&createdAfter=x&cursor=x")
        .body("violations.field", contains("state", "createdAfter", "limit", "cursor"));
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    refused("cursor=" + Cursor.of("items", UUID.randomUUID()))
        .body("violations.field", contains("cursor"));
  }

  private static ValidatableResponse refused(String query) {
    return given()
        .urlEncodingEnabled(false)
        .get("/jobs?" + query)
        .then()
        .statusCode(422)
        .contentType("application/problem+json");
  }

  private static String post(String name, int records) {
    return Api.post(
        "{\"name\":\"%s\",\"records\":%s}"
            .formatted(name, Discounts.list(Discounts.readable(records))));
  }

  private void remove(String id) {
    Statements.change(
        sql,
        "UPDATE job SET state = 'cancelled', finished_at = now(), removed_at = now() WHERE id = ?::uuid",
        id);
  }

  private static List<String> ids(Object... names) {
    Map<String, Object> query = new java.util.HashMap<>();
    for (int i = 0; i < names.length; i += 2) {
      query.put((String) names[i], names[i + 1]);
    }
    return list("", query).getList("jobs.id");
  }

  private static JsonPath list(String query) {
    return list(query, Map.of());
  }

  private static JsonPath list(String query, Map<String, ?> parameters) {
    return given()
        .queryParams(parameters)
        .get("/jobs" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
