package io.burnish.api.items;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.input.MediaTypes;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves a result, and what was wrong with each answer of a failure, as it is fetched. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class EvidenceTest {

  Simulator simulator;
  @Inject Sql sql;

  @BeforeEach
  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void each_record_has_its_evidence_only_on_request() {
    ObjectNode lamp = Discounts.readable("1", "now ₪1,109");
    PostedJob job = Scenario.given(lamp, Discounts.readable("2", "20% off")).ended();

    List<JsonNode> results = results(job, "?evidence=true");

    assertThat(results)
        .extracting(result -> RecordJson.write(result.path("_evidence")))
        .containsExactly(
            "{\"price\":{\"field\":\"price\",\"start\":4,\"end\":10,\"text\":\"₪1,109\",\"as\":\"money\"}}",
            "{\"price\":{\"field\":\"price\",\"start\":0,\"end\":3,\"text\":\"20%\",\"as\":\"percent\"}}");
    assertThat(results).allSatisfy(result -> assertThat(result).hasSize(17));
    List<JsonNode> plain = results(job, "");
    assertThat(plain).allSatisfy(result -> assertThat(result).hasSize(16));
    assertThat(results(job, "?evidence=false")).isEqualTo(plain);
    results.forEach(result -> ((ObjectNode) result).remove("_evidence"));
    assertThat(results).isEqualTo(plain);
  }

  @Test
  void a_record_a_line_has_it_too() {
    String id = Scenario.given(2).ended().id();

    String lines =
        given()
            .accept(MediaTypes.LINES)
            .get("/jobs/" + id + "/results?evidence=true")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(lines.lines().map(RecordJson::read))
        .hasSize(2)
        .allSatisfy(
            record -> assertThat(record.at("/_evidence/price/text").asText()).isEqualTo("20%"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?evidence=yes", "?evidence=1", "?evidence=TRUE", "?evidence="})
  void other_values_are_refused(String query) {
    String id = Api.post("[]");

    given()
        .get("/jobs/" + id + "/results" + query)
        .then()
        .statusCode(422)
        .body("violations.field", org.hamcrest.Matchers.contains("evidence"));
    given().get("/jobs/" + id + "/failures?evidence=true").then().statusCode(422);
  }

  @Test
  void records_of_equal_content_have_the_evidence_of_their_own_texts() {
    ObjectNode first = Discounts.readable("1", "20% off");
    ObjectNode spaced = first.deepCopy().put("price", "\u200F  20%  off").put("discount_id", "2");

    PostedJob atOnce = Scenario.given(first, spaced).ended().assertReused(1);
    PostedJob later = Scenario.given(spaced).ended().assertReused(1);

    assertThat(asked(first)).isEqualTo(1);
    assertThat(starts(atOnce)).containsExactly(0, 3);
    assertThat(starts(later)).containsExactly(3);
  }

  @Test
  void a_reused_answer_that_the_records_own_text_does_not_prove_has_no_evidence() {
    String key = "evidence-" + System.nanoTime();
    Scenario.given(Discounts.readable(key, "20% off")).ended();

    PostedJob job =
        Scenario.given(Discounts.readable(key, "30% off"))
            .dedupe("id")
            .rulesOff("price_not_in_source")
            .ended()
            .assertReused(1);

    assertThat(results(job, "?evidence=true"))
        .extracting(result -> result.path("price").asInt() + " " + result.path("_evidence"))
        .containsExactly("20 {}");
  }

  @Test
  void records_that_came_enhanced_have_none_and_cannot_claim_any() {
    ObjectNode enhanced = (ObjectNode) results(Scenario.given(1).ended(), "").get(0);
    enhanced.putObject("_evidence").put("price", "as I say");

    String id = Api.post("{\"mode\":\"store\",\"records\":[%s]}".formatted(enhanced));

    assertThat(results(new PostedJob(id), "?evidence=true"))
        .extracting(result -> result.path("_evidence").toString())
        .containsExactly("{}");
  }

  @Test
  void results_of_versions_before_have_none() {
    PostedJob job = Scenario.given(1).ended();
    Statements.run(sql, "UPDATE item_result SET evidence = NULL");

    assertThat(results(job, "?evidence=true"))
        .extracting(result -> result.path("_evidence").toString())
        .containsExactly("{}");
  }

  @Test
  void a_failure_has_each_answer_and_its_violations() {
    ObjectNode hopeless = Discounts.readable("1");
    PostedJob job =
        Scenario.given(hopeless, Discounts.empty("2"))
            .onProvider(simulator, hopeless, InjectedFault.PRICE_NOT_IN_TEXT)
            .ended();

    JsonPath failures = job.failures();

    assertThat(failures.getMap("[0]").keySet())
        .extracting(Object::toString)
        .containsExactly("record", "code", "errors", "attempts", "model", "file");
    assertThat(failures.getString("[0].code")).isEqualTo("price_not_in_source");
    assertThat(failures.getList("[0].attempts.n")).containsExactly(1, 2, 3, 4);
    assertThat(failures.getMap("[0].attempts[0]"))
        .containsEntry("model", "simulated/openai/gpt-oss-120b");
    assertThat(failures.getString("[0].attempts[0].answer.discount_type"))
        .isEqualTo("fixed_amount");
    assertThat(failures.getMap("[0].attempts[0].violations[0]"))
        .containsOnlyKeys("code", "message", "evidence")
        .containsEntry("code", "price_not_in_source")
        .hasEntrySatisfying(
            "message", message -> assertThat(message.toString()).contains("does not stand"));
    assertThat(failures.<String>getList("[0].errors")).doesNotHaveDuplicates().hasSize(3);
    assertThat(failures.getList("[1].attempts")).isEmpty();
    assertThat(
            RecordJson.read(
                given().get("/jobs/" + job.id() + "/failures?format=records").asString()))
        .containsExactly(hopeless, Discounts.empty("2"));
    assertThat(
            given()
                .accept(MediaTypes.LINES)
                .get("/jobs/" + job.id() + "/failures")
                .asString()
                .lines()
                .map(line -> RecordJson.read(line).path("attempts").size()))
        .containsExactly(4, 0);
  }

  @Test
  void attempts_of_earlier_versions_have_no_code_and_long_answers_are_cut() {
    ObjectNode hopeless = Discounts.readable("1");
    PostedJob job =
        Scenario.given(hopeless)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended();
    Statements.run(
        sql,
        """
        UPDATE attempt SET violations = NULL, answer = repeat('{"price":20}', 2000000)
        FROM item i WHERE i.id = item_id AND i.job_id = '%s'
        """
            .formatted(job.id()));

    JsonPath failures = job.failures();

    assertThat(failures.getString("[0].attempts[0].violations[0].code")).isNull();
    assertThat(failures.getString("[0].attempts[0].violations[0].message")).contains("Discounts");
    assertThat(failures.getString("[0].attempts[3].answer"))
        .startsWith("{\"price\"")
        .hasSize(4_200);
  }

  @Test
  void of_many_attempts_the_latest_are_listed() {
    ObjectNode hopeless = Discounts.readable("1");
    PostedJob job =
        Scenario.given(hopeless)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended();
    Statements.run(
        sql,
        """
        INSERT INTO attempt (item_id, fence, call_id, ref, outcome, errors)
        SELECT a.item_id, a.fence, a.call_id, a.ref, 'refused', ARRAY['again']
        FROM generate_series(1, 30), LATERAL (
          SELECT a.* FROM attempt a JOIN item i ON i.id = a.item_id WHERE i.job_id = '%s' LIMIT 1) a
        """
            .formatted(job.id()));

    List<Integer> numbers = job.failures().getList("[0].attempts.n");

    assertThat(numbers).hasSize(20).first().isEqualTo(15);
    assertThat(numbers).isSorted().last().isEqualTo(34);
  }

  @Test
  void failed_contents_are_sent_again_after_a_change_of_the_proof_and_others_are_not() {
    ObjectNode none = Discounts.unpriced("1");
    ObjectNode lamp = Discounts.readable("2");
    Scenario job = Scenario.given(none, lamp);
    job.ended();
    assertThat(asked(none)).isEqualTo(1);

    job.ended().assertCounts(1, 1);
    assertThat(asked(none)).isEqualTo(1);
    Statements.run(sql, "UPDATE enhancement SET proof_version = 'another' WHERE state = 'failed'");
    job.ended();

    assertThat(asked(none)).isEqualTo(2);
    assertThat(asked(lamp)).isEqualTo(1);
    job.ended();
    assertThat(asked(none)).isEqualTo(2);
  }

  @Test
  void with_the_proof_switched_off_the_model_is_asked_and_its_null_is_accepted() {
    ObjectNode none = Discounts.readable("1", "ask in the shop");

    PostedJob job =
        Scenario.given(none)
            .dedupe("none")
            .rulesOff("price_not_in_source")
            .ended()
            .assertCounts(0, 1);

    assertThat(asked(none)).isEqualTo(1);
    assertThat(job.failures().getList("code")).containsExactly("no_price_in_source");
    assertThat(results(job, "")).isEmpty();
  }

  @Test
  void with_no_price_switched_off_every_model_is_asked_and_no_null_is_accepted() {
    ObjectNode none = Discounts.readable("1", "ask in the shop");

    PostedJob job =
        Scenario.given(none)
            .dedupe("none")
            .rulesOff("no_price_in_source", "price_not_in_source")
            .ended()
            .assertCounts(0, 1);

    assertThat(asked(none)).isEqualTo(4);
    assertThat(job.failures().getList("code")).containsExactly("price_not_answered");
  }

  @Test
  void the_rule_for_null_prices_is_known_by_its_name() {
    given()
        .contentType("application/json")
        .body("{\"options\":{\"rulesOff\":[\"no_such_rule\"]},\"records\":[]}")
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("detail", containsString("price_not_answered"));
  }

  private long asked(ObjectNode discount) {
    return Scenario.asked(simulator, discount);
  }

  private static List<Integer> starts(PostedJob job) {
    return results(job, "?evidence=true").stream()
        .map(result -> result.at("/_evidence/price/start").asInt())
        .toList();
  }

  private static List<JsonNode> results(PostedJob job, String query) {
    List<JsonNode> results = new ArrayList<>();
    String body =
        given()
            .get("/jobs/" + job.id() + "/results" + query)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    RecordJson.read(body).forEach(results::add);
    return results;
  }
}
