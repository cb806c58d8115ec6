package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PriorAnswers;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.Fingerprint;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.tracking.Tracking;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing is sent twice that need not be: by content, or by key where the owner wants it so. The
 * simulator's log of calls is the witness.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class NeverTwiceTest {

  private static final Profile PROFILE = Profiles.named("discount").orElseThrow();

  /** No other test has it. */
  private final String key = UUID.randomUUID().toString();

  Simulator simulator;
  @Inject Tracking tracking;
  @Inject Sql sql;

  @BeforeEach
  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void by_content_records_of_one_key_neither_overwrite_nor_skip_each_other() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    ObjectNode soap = Discounts.readable(key, "30% off");
    ObjectNode tea = Discounts.readable(key, "40% off");

    String first = Api.post(Discounts.list(lamp, soap));
    Api.ended(first);
    String second = Api.post(Discounts.list(tea, lamp));
    Api.ended(second);

    assertThat(Api.get(first, "/results").getList("price")).containsExactly(20, 30);
    assertThat(Api.get(second, "/results").getList("price")).containsExactly(40, 20);
    assertThat(asked(lamp)).isEqualTo(1);
    assertThat(Api.job(second).getInt("counts.reused")).isEqualTo(1);
    assertThat(Api.job(second).getList("warnings")).isEmpty();
  }

  @Test
  void a_changed_text_is_enhanced_anew() {
    ObjectNode before = Discounts.readable(key, "20% off");
    Api.ended(Api.post(Discounts.list(before)));

    String id = Api.post(Discounts.list(before.deepCopy().put("price", "25% off")));

    assertThat(Api.ended(id).getInt("counts.reused")).isZero();
    assertThat(Api.get(id, "/results").getList("price")).containsExactly(25);
  }

  @Test
  void what_an_earlier_version_of_profile_or_prompt_answered_is_enhanced_anew() {
    ObjectNode same = Discounts.readable(key);
    ObjectNode olderProfile = Discounts.readable(key);
    ObjectNode olderPrompt = Discounts.readable(key);
    knownAs(same, PROFILE.version(), PROFILE.promptVersion());
    knownAs(olderProfile, PROFILE.version() - 1, PROFILE.promptVersion());
    knownAs(olderPrompt, PROFILE.version(), PROFILE.promptVersion() + "older");

    JsonPath job = Api.ended(Api.post(Discounts.list(same, olderProfile, olderPrompt)));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(3);
    assertThat(job.getInt("counts.reused")).isEqualTo(1);
    assertThat(asked(same)).isZero();
    assertThat(asked(olderProfile)).isEqualTo(1);
    assertThat(asked(olderPrompt)).isEqualTo(1);
  }

  @Test
  void by_key_the_first_wins_and_a_warning_counts_the_others() {
    ObjectNode first = Discounts.readable(key, "20% off");
    ObjectNode other = Discounts.readable(key, "30% off");
    ObjectNode third = Discounts.readable(key, "40% off");

    String id = Api.post(byKey(first, other, first.deepCopy().put("valid_until", "1.1.27"), third));

    JsonPath job = Api.ended(id);
    long asked = asked(first) + asked(other) + asked(third);
    assertThat(asked).isEqualTo(1);
    assertThat(job.getInt("counts.succeeded") + job.getInt("counts.failed")).isEqualTo(4);
    assertThat(job.getList("warnings"))
        .singleElement()
        .asString()
        .contains("the key of another record of different content", "dedupe: id");
    assertThat(given().accept("text/plain").get("/jobs/" + id).asString()).contains("Warning: ");
    assertThat(Api.get(id, "/failures").<String>getList("errors.collect{it[0]}"))
        .isNotEmpty()
        .allSatisfy(
            error ->
                assertThat(error)
                    .contains("another record with the key \"" + key, "dedupe content"));
  }

  @Test
  void by_key_an_answer_that_the_text_proves_is_reused_with_the_records_own_fields() {
    ObjectNode before = Discounts.readable(key, "20% off");
    Api.ended(Api.post(byKey(before)));
    ObjectNode now = Discounts.readable(key, "only today: 20% off");

    String id = Api.post(byKey(now));

    JsonPath job = Api.ended(id);
    assertThat(job.getInt("counts.reused")).isEqualTo(1);
    assertThat(asked(now)).isZero();
    assertThat(Api.get(id, "/results").getList("title"))
        .containsExactly(now.path("title").asText());
    assertThat(job.<String>getList("warnings"))
        .singleElement()
        .asString()
        .startsWith("1 record has the key of another record");
  }

  @Test
  void by_key_what_does_not_fit_is_not_sent_and_the_warning_counts_over_jobs() {
    Api.ended(Api.post(Discounts.list(Discounts.readable(key, "20% off"))));
    ObjectNode one = Discounts.readable(key, "30% off");
    ObjectNode two = Discounts.readable(key, "40% off");

    String id = Api.post(byKey(one, two));

    JsonPath job = Api.ended(id);
    assertThat(job.getInt("counts.failed")).isEqualTo(2);
    assertThat(job.getMap("models")).isEmpty();
    assertThat(asked(one) + asked(two)).isZero();
    assertThat(job.<String>getList("warnings"))
        .singleElement()
        .asString()
        .startsWith("2 records have the key of another record");
    assertThat(given().accept("text/plain").get("/jobs/" + id).asString())
        .contains("2 x key_processed_before");
  }

  @Test
  void by_key_the_same_content_is_preferred_to_the_first() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    ObjectNode soap = Discounts.readable(key, "30% off");
    Api.ended(Api.post(Discounts.list(lamp, soap)));

    String id = Api.post(byKey(soap));

    assertThat(Api.ended(id).getInt("counts.reused")).isEqualTo(1);
    assertThat(Api.get(id, "/results").getList("price")).containsExactly(30);
    assertThat(Api.job(id).getList("warnings")).isEmpty();
  }

  @Test
  void what_was_enhanced_by_key_is_known_by_content_too() {
    ObjectNode lamp = Discounts.readable(key);
    Api.ended(Api.post(byKey(lamp)));

    JsonPath job = Api.ended(Api.post(Discounts.list(lamp.deepCopy().put("discount_id", "other"))));

    assertThat(job.getInt("counts.reused")).isEqualTo(1);
    assertThat(asked(lamp)).isEqualTo(1);
  }

  @Test
  void one_flight_for_a_key_over_jobs_at_once() {
    List<ObjectNode> discounts = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    simulator.whenAsked(record -> record.contains("only here"), InjectedFault.SLOW);

    for (int i = 0; i < 5; i++) {
      discounts.add(Discounts.readable(key, "only here: 20% off"));
      ids.add(Api.post(byKey(discounts.get(i))));
    }

    ids.forEach(id -> assertThat(Api.ended(id).getString("outcome")).isEqualTo("succeeded"));
    assertThat(discounts.stream().mapToLong(this::asked).sum()).isEqualTo(1);
    assertThat(ids.stream().mapToInt(id -> Api.job(id).getInt("counts.reused")).sum()).isEqualTo(4);
  }

  @Test
  void what_an_imported_state_file_lists_as_processed_is_not_sent_and_says_where_its_result_is() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"processed_discounts\":[\"%s\"]}".formatted(key));

    String id = Api.post(byKey(listed, Discounts.readable(key + "new")));
    String retried = Api.post(byKey("true", listed));

    JsonPath job = Api.ended(id);
    assertThat(job.getInt("counts.succeeded")).isEqualTo(1);
    assertThat(job.getInt("counts.failed")).isEqualTo(1);
    assertThat(asked(listed)).isZero();
    assertThat(Api.get(id, "/failures").getString("errors[0][0]"))
        .contains("lists the key \"" + key, "enhanced_*.json", "DELETE /tracking?key=" + key);
    assertThat(given().accept("text/plain").get("/jobs/" + id).asString())
        .contains("1 x processed_before");
    assertThat(Api.ended(retried).getString("outcome")).isEqualTo("failed");
    assertThat(asked(listed)).isZero();
  }

  @Test
  void an_imported_key_is_sent_by_content_and_then_has_a_result() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"processed_discounts\":[\"%s\"]}".formatted(key));
    Api.ended(Api.post(Discounts.list(listed)));

    JsonPath job = Api.ended(Api.post(byKey(listed)));

    assertThat(job.getInt("counts.reused")).isEqualTo(1);
    assertThat(asked(listed)).isEqualTo(1);
  }

  @Test
  void what_failed_under_a_key_is_sent_again_only_when_asked_to() {
    ObjectNode hopeless = Discounts.readable(key);
    String title = hopeless.path("title").asText();
    simulator.whenAsked(record -> record.contains(title), InjectedFault.WRONG_CATEGORY);
    Api.ended(Api.post(byKey(hopeless)));
    simulator.clear();
    ObjectNode changed = Discounts.readable(key);

    String skipped = Api.post(byKey(changed));
    Api.ended(skipped);
    String retried = Api.post(byKey("true", changed));

    assertThat(Api.job(skipped).getInt("counts.failed")).isEqualTo(1);
    assertThat(Api.get(skipped, "/failures").getString("errors[0][0]"))
        .contains("a record with the key \"" + key, "retryFailed");
    assertThat(Api.ended(retried).getString("outcome")).isEqualTo("succeeded");
    assertThat(asked(changed)).isEqualTo(1);
  }

  @Test
  void what_an_imported_state_file_lists_as_failed_is_sent_only_when_asked_to() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"failed_discounts\":[\"%s\"]}".formatted(key));

    JsonPath skipped = Api.ended(Api.post(byKey(listed)));
    JsonPath retried = Api.ended(Api.post(byKey("true", listed)));

    assertThat(skipped.getString("outcome")).isEqualTo("failed");
    assertThat(skipped.getMap("models")).isEmpty();
    assertThat(retried.getString("outcome")).isEqualTo("succeeded");
  }

  @Test
  void a_key_that_another_provider_processed_is_sent() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    remember("simulated", lamp, PROFILE.fingerprint("simulated", PriorAnswers.source(lamp)));
    makeReal(key);

    JsonPath job = Api.ended(Api.post(byKey(lamp)));

    assertThat(job.getInt("counts.reused")).isZero();
    assertThat(asked(lamp)).isEqualTo(1);
  }

  @Test
  void what_is_answered_for_a_job_of_another_provider_is_not_remembered() {
    ObjectNode lamp = Discounts.readable(key, "20% off");

    remember("groq", lamp, PROFILE.fingerprint("groq", PriorAnswers.source(lamp)));

    assertThat(
            tracking.priorResults(
                "discount", List.of(PROFILE.fingerprint("groq", PriorAnswers.source(lamp)))))
        .isEmpty();
  }

  @Test
  void a_key_of_any_length_is_tracked() {
    StringBuilder longKey = new StringBuilder(key);
    while (longKey.length() < 9_000) {
      longKey.append(UUID.randomUUID());
    }
    ObjectNode lamp = Discounts.readable(longKey.toString());
    ObjectNode sameBeginning = Discounts.readable(longKey + "x");

    Api.ended(Api.post(byKey(lamp)));
    JsonPath job = Api.ended(Api.post(byKey(lamp, sameBeginning)));

    assertThat(job.getInt("counts.succeeded")).isEqualTo(2);
    assertThat(job.getInt("counts.reused")).isEqualTo(1);
    assertThat(asked(lamp)).isEqualTo(1);
  }

  /** As if an earlier Burnish had answered it. */
  private void knownAs(ObjectNode discount, int profileVersion, String promptVersion) {
    remember(
        "simulated",
        discount,
        Fingerprint.of(
            "simulated",
            "discount",
            profileVersion,
            promptVersion,
            PROFILE.fieldsToRead(PriorAnswers.source(discount))));
  }

  /** As if a model had answered what is known under the key, in a database that both share. */
  private void makeReal(String of) {
    int made =
        sql.run(
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "UPDATE enhancement SET provider = 'groq', fingerprint = '\\x01' WHERE record_key = ?")) {
                statement.setString(1, of);
                return statement.executeUpdate();
              }
            });
    assertThat(made).isEqualTo(1);
  }

  private void remember(String provider, ObjectNode discount, Fingerprint fingerprint) {
    tracking.save(List.of(PriorAnswers.of(provider, discount, fingerprint)));
  }

  private long asked(ObjectNode discount) {
    String title = discount.path("title").asText();
    return simulator.calls().stream()
        .flatMap(call -> call.records().stream())
        .filter(record -> record.contains(title))
        .count();
  }

  private static void importState(String state) {
    given()
        .contentType("application/json")
        .body(state)
        .put("/tracking/state")
        .then()
        .statusCode(200);
  }

  private static String byKey(ObjectNode... discounts) {
    return byKey("false", discounts);
  }

  private static String byKey(String retryFailed, ObjectNode... discounts) {
    return "{\"options\":{\"dedupe\":\"id\",\"retryFailed\":%s},\"records\":%s}"
        .formatted(retryFailed, Discounts.list(Arrays.copyOf(discounts, discounts.length)));
  }
}
