package io.burnish.api.items;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The items of a job: pages, conditions, and what each waits for. No worker changes them. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ItemResourceTest {

  @Inject Sql sql;

  @Test
  void a_job_without_items_has_an_empty_page() {
    JsonPath page = page(Api.post("[]"));

    assertThat(page.getList("items")).isEmpty();
    assertThat(page.getString("next")).isNull();
  }

  @Test
  void items_come_in_input_order_with_file_key_and_state() {
    String id =
        Api.post(
            "{\"files\":[{\"name\":\"a b.json\",\"records\":%s},{\"name\":\"ג.json\",\"records\":[7]}]}"
                .formatted(Discounts.list(Discounts.readable("first"), Discounts.empty("second"))));

    JsonPath page = page(id);

    assertThat(page.getList("items.seq")).containsExactly(0, 1, 2);
    assertThat(page.getList("items.file")).containsExactly("a b.json", "a b.json", "ג.json");
    assertThat(page.getList("items.key")).containsExactly("first", "second", null);
    assertThat(page.getList("items.state")).containsExactly("ready", "failed", "failed");
    assertThat(page.getList("items.code"))
        .containsExactly(null, "nothing_to_enhance", "not_an_object");
    assertThat(page.getList("items.attempts")).containsExactly(0, 0, 0);
    assertThat(page.getList("items.waitingFor")).containsOnlyNulls();
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    String id = post(5);
    String other = post(5);

    JsonPath first = page(id, "limit", "2");
    JsonPath second = page(id, "limit", "2", "cursor", first.getString("next"));
    JsonPath third = page(id, "limit", "3", "cursor", second.getString("next"));

    assertThat(first.getList("items.seq")).containsExactly(0, 1);
    assertThat(second.getList("items.seq")).containsExactly(2, 3);
    assertThat(third.getList("items.seq")).containsExactly(4);
    assertThat(third.getString("next")).isNull();
    refused(other, "cursor=" + first.getString("next"))
        .body("violations.field", contains("cursor"));
  }

  @Test
  void each_condition_restricts_the_list_and_all_must_be_met() {
    String id = post(5);
    set(id, 1, "state = 'running', worker_id = gen_random_uuid(), model = 'm/1'");
    set(id, 2, "state = 'failed', error_code = 'price_not_in_source', model = 'm/1', attempt = 3");
    set(id, 3, "state = 'succeeded', model = 'm/2', attempt = 1");
    set(id, 4, "state = 'cancelled'");

    assertThat(seqs(id, "state", "ready")).containsExactly(0);
    assertThat(seqs(id, "state", "running")).containsExactly(1);
    assertThat(seqs(id, "state", "failed")).containsExactly(2);
    assertThat(seqs(id, "state", "succeeded")).containsExactly(3);
    assertThat(seqs(id, "state", "cancelled")).containsExactly(4);
    assertThat(seqs(id, "state", "waiting")).isEmpty();
    assertThat(seqs(id, "code", "price_not_in_source")).containsExactly(2);
    assertThat(seqs(id, "code", "no_such_code")).isEmpty();
    assertThat(seqs(id, "state", "succeeded", "code", "price_not_in_source")).isEmpty();
    assertThat(seqs(id, "model", "m/1")).containsExactly(1, 2);
    assertThat(seqs(id, "model", "m/1", "state", "failed")).containsExactly(2);
    assertThat(seqs(id, "key", "3")).containsExactly(3);
    assertThat(seqs(id, "key", "33")).isEmpty();
    assertThat(page(id, "key", "2").getList("items.attempts")).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b ק?", "50%_\\", "'; --", "\"quoted\"", "🎁", "0", "x\ty"})
  void a_key_is_found_whatever_its_characters(String key) {
    String id = post(Discounts.readable(key), Discounts.readable(key + "2"));

    assertThat(page(id, "key", key).getList("items.key")).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50% _OFF\\", "A'B\"c;--", "ניידים 🎁", "line\nend", "%"})
  void a_text_is_found_as_the_record_has_it(String text) {
    ObjectNode record =
        Discounts.readable("1").put("description", "x" + text.toLowerCase(Locale.ROOT) + "y");
    String id = post(Discounts.readable("2").put("price", "20 off"), record);

    assertThat(seqs(id, "text", text)).containsExactly(1);
    assertThat(seqs(id, "text", text + "z")).isEmpty();
    assertThat(seqs(id, "text", text, "state", "failed")).isEmpty();
  }

  @Test
  void a_page_looks_at_five_thousand_items_and_its_cursor_goes_on() {
    String id = post(10_001);
    Statements.change(
        sql, "UPDATE item SET model = 'rare' WHERE job_id = ?::uuid AND seq IN (4999, 10000)", id);

    JsonPath first = page(id, "model", "rare");
    JsonPath second = page(id, "model", "rare", "cursor", first.getString("next"));
    JsonPath third = page(id, "model", "rare", "cursor", second.getString("next"));

    assertThat(first.getList("items.seq")).containsExactly(4999);
    assertThat(second.getList("items.seq")).isEmpty();
    assertThat(third.getList("items.seq")).containsExactly(10_000);
    assertThat(third.getString("next")).isNull();
  }

  @Test
  void a_state_with_an_index_is_found_wherever_it_is() {
    String id = post(10_001);
    set(id, 10_000, "state = 'failed', error_code = 'x'");

    assertThat(seqs(id, "state", "failed")).containsExactly(10_000);
    assertThat(seqs(id, "code", "x")).containsExactly(10_000);
    assertThat(page(id, "limit", "200").getList("items")).hasSize(200);
  }

  @Test
  void a_search_of_large_records_ends_its_page_early_and_goes_on() {
    String id =
        Api.post(
            Discounts.list(
                IntStream.range(0, 50)
                    .mapToObj(
                        i -> Discounts.readable("k" + i).put("description", "x".repeat(250_000)))
                    .toArray(ObjectNode[]::new)));

    List<Integer> found = new ArrayList<>();
    int pages = 0;
    String cursor = null;
    do {
      JsonPath page =
          cursor == null ? page(id, "text", "k49") : page(id, "text", "k49", "cursor", cursor);
      found.addAll(page.getList("items.seq"));
      cursor = page.getString("next");
      pages++;
    } while (cursor != null);

    assertThat(found).containsExactly(49);
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void a_waiting_item_says_why_and_until_when() {
    String id = post(3);
    set(id, 0, "state = 'waiting', wait_reason = 'reask', due_at = '2100-01-01T00:00:00.25Z'");
    set(id, 1, "state = 'running', worker_id = gen_random_uuid()");

    Map<String, Object> expected = new HashMap<>();
    expected.put("reason", "reask");
    expected.put("until", "2100-01-01T00:00:00.250Z");
    expected.put("detail", null);
    assertThat(page(id).getList("items.waitingFor")).containsExactly(expected, null, null);
    assertThat(page(id, "state", "waiting").getList("items.seq")).containsExactly(0);
  }

  @Test
  void open_items_of_a_paused_job_wait_for_its_owner() {
    String id = post(4);
    set(id, 0, "state = 'waiting', wait_reason = 'backoff', due_at = '2100-01-01T00:00:00Z'");
    set(id, 1, "state = 'succeeded'");
    set(id, 2, "state = 'running', worker_id = gen_random_uuid()");
    Statements.change(sql, "UPDATE job SET state = 'paused' WHERE id = ?::uuid", id);

    assertThat(page(id).getList("items.findAll{it.waitingFor?.reason == 'paused'}.seq"))
        .containsExactly(0, 3);
    assertThat(page(id).getList("items.findAll{it.waitingFor == null}.seq")).containsExactly(1, 2);
    assertThat(page(id).getString("items[0].waitingFor.until")).isNull();
    assertThat(item(id, 3).getString("waitingFor.reason")).isEqualTo("paused");
  }

  @Test
  void a_ready_item_waits_for_what_its_models_wait_for() {
    String id = post(1);
    Statements.run(
        sql,
        "UPDATE model_quota SET paused_until = now() + interval '1 hour', pause_reason = 'of the test'");
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> "quota".equals(page(id).getString("items[0].waitingFor.reason")));

      assertThat(Instant.parse(page(id).getString("items[0].waitingFor.until")))
          .isAfter(Instant.now().plus(Duration.ofMinutes(50)));
      assertThat(item(id, 0).getString("waitingFor.detail")).isNotEmpty();
    } finally {
      Statements.run(sql, "UPDATE model_quota SET paused_until = NULL, pause_reason = NULL");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=done | state | known are ready, running, waiting, succeeded, failed, cancelled",
        "limit=0 | limit | from 1 to 200",
        "limit=201 | limit | from 1 to 200",
        "limit=x | limit | from 1 to 200",
        "cursor=x | cursor | is no cursor of this list",
        "cursor=am9icyAx | cursor | is no cursor of this list",
        "text=%00 | text | U+0000",
        "seq=1 | seq | is not a parameter",
      })
  void a_wrong_value_is_refused_by_its_name(String query, String field, String message) {
    refused(post(1), query)
        .body("violations.field", contains(field))
        .body("violations[0].message", containsString(message));
  }

  @Test
  void a_forged_cursor_is_refused() {
    String id = post(1);

    refused(id, "cursor=" + Cursor.of("items:" + id, "x"));
    refused(id, "cursor=" + Cursor.of("items:" + UUID.randomUUID(), "0"));
    refused(id, "cursor=" + Cursor.of("jobs", id));
  }

  @Test
  void a_job_that_is_unknown_or_removed_has_no_items() {
    String id = post(1);
    Statements.change(
        sql,
        "UPDATE job SET state = 'cancelled', finished_at = now(), removed_at = now() WHERE id = ?::uuid",
        id);

    for (String job : List.of(id, UUID.randomUUID().toString(), "x")) {
      for (String below : List.of("/items", "/items/0", "/items?limit=0")) {
        given()
            .get("/jobs/" + job + below)
            .then()
            .statusCode(404)
            .contentType("application/problem+json")
            .body("detail", containsString("there is no job " + job));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1", "2147483648", "99999999999999999999", "x", "1.0", "%20"})
  void an_item_that_is_not_there_is_not_found(String seq) {
    given()
        .urlEncodingEnabled(false)
        .get("/jobs/" + post(1) + "/items/" + seq)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("has no item"))
        .body("detail", containsString("it has 1, numbered from 0"));
  }

  @Test
  void an_item_shows_the_record_as_it_was_posted() {
    String record =
        "{\"discount_id\":\"7\",\"n\":1.2300,\"big\":123456789012345678901234567890,\"title\":\"מבצע \\u0001 🎁 \\ud800\"}";
    String id = Api.post("[" + record + "]");

    String item = given().get("/jobs/" + id + "/items/0").asString();

    assertThat(item)
        .contains("\"n\":1.2300", "\"big\":123456789012345678901234567890", "מבצע", "🎁");
    assertThat(RecordJson.read(item).path("record")).isEqualTo(RecordJson.read(record));
    assertThat(RecordJson.read(item).path("errors")).hasSize(1);
    assertThat(RecordJson.read(item).path("attempts")).isEmpty();
    assertThat(RecordJson.read(item).path("result").isNull()).isTrue();
    assertThat(RecordJson.read(item).path("cost").decimalValue()).isZero();
  }

  @Test
  void a_record_that_is_no_object_or_too_large_is_shown_too() {
    String large = "x".repeat(300_000);
    String id = Api.post("[7,{\"discount_id\":\"1\",\"title\":\"%s\"}]".formatted(large));

    assertThat(item(id, 0).getInt("record")).isEqualTo(7);
    assertThat(item(id, 1).getString("record.title")).isEqualTo(large);
    assertThat(item(id, 1).getString("code")).isEqualTo("record_too_large");
    assertThat(seqs(id, "text", "xxxxx")).containsExactly(1);
  }

  @Test
  void the_last_result_of_an_item_that_is_open_again_is_not_shown() {
    String id = post(1);
    Statements.change(
        sql, "INSERT INTO item_failure SELECT id, '{old}' FROM item WHERE job_id = ?::uuid", id);

    assertThat(item(id, 0).getList("errors")).isEmpty();
    set(id, 0, "state = 'failed', error_code = 'x'");
    assertThat(item(id, 0).getList("errors")).isEqualTo(Collections.singletonList("old"));
  }

  private void set(String id, int seq, String change) {
    assertThat(
            Statements.change(
                sql, "UPDATE item SET " + change + " WHERE job_id = ?::uuid AND seq = ?", id, seq))
        .isEqualTo(1);
  }

  private static String post(int items) {
    return post(Discounts.readable(items));
  }

  private static String post(ObjectNode... records) {
    return Api.post(Discounts.list(records));
  }

  private static ValidatableResponse refused(String id, String query) {
    return given()
        .urlEncodingEnabled(false)
        .get("/jobs/" + id + "/items?" + query)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:burnish:problem:invalid"));
  }

  private static List<Integer> seqs(String id, String... query) {
    return page(id, query).getList("items.seq");
  }

  private static JsonPath page(String id, String... query) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.put(query[i], query[i + 1]);
    }
    return given()
        .queryParams(parameters)
        .get("/jobs/" + id + "/items")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static JsonPath item(String id, int seq) {
    return Api.get(id, "/items/" + seq);
  }
}
