package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.PriorAnswers;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.record.Fingerprint;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.tracking.Tracking;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing is sent twice without need: by content, or by key where the owner wants it so. The
 * simulator's log of calls shows what it was asked.
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

    PostedJob first = Scenario.given(lamp, soap).ended();
    PostedJob second = Scenario.given(tea, lamp).ended().assertReused(1);

    assertThat(first.results("price")).containsExactly(20, 30);
    assertThat(second.results("price")).containsExactly(40, 20);
    assertThat(asked(lamp)).isEqualTo(1);
    assertThat(second.warnings()).isEmpty();
  }

  @Test
  void a_changed_text_is_enhanced_again() {
    ObjectNode before = Discounts.readable(key, "20% off");
    Scenario.given(before).ended();

    PostedJob job = Scenario.given(before.deepCopy().put("price", "25% off")).ended();

    assertThat(job.assertReused(0).results("price")).containsExactly(25);
  }

  @Test
  void what_an_earlier_version_of_profile_or_prompt_answered_is_enhanced_again() {
    ObjectNode same = Discounts.readable(key);
    ObjectNode olderProfile = Discounts.readable(key);
    ObjectNode olderPrompt = Discounts.readable(key);
    knownAs(same, PROFILE.version(), PROFILE.promptVersion());
    knownAs(olderProfile, PROFILE.version() - 1, PROFILE.promptVersion());
    knownAs(olderPrompt, PROFILE.version(), PROFILE.promptVersion() + "older");

    Scenario.given(same, olderProfile, olderPrompt).ended().assertCounts(3, 0).assertReused(1);

    assertThat(asked(same)).isZero();
    assertThat(asked(olderProfile)).isEqualTo(1);
    assertThat(asked(olderPrompt)).isEqualTo(1);
  }

  @Test
  void by_key_the_first_wins_and_a_warning_counts_the_others() {
    ObjectNode first = Discounts.readable(key, "20% off");
    ObjectNode other = Discounts.readable(key, "30% off");
    ObjectNode third = Discounts.readable(key, "40% off");

    PostedJob job =
        byKey(first, other, first.deepCopy().put("valid_until", "1.1.27"), third).ended();

    long asked = asked(first) + asked(other) + asked(third);
    assertThat(asked).isEqualTo(1);
    assertThat(job.count("succeeded") + job.count("failed")).isEqualTo(4);
    assertThat(job.warnings())
        .singleElement()
        .asString()
        .contains("the key of another record of different content", "dedupe: id");
    assertThat(job.text()).contains("Warning: ");
    assertThat(job.failures().<String>getList("errors.collect{it[0]}"))
        .isNotEmpty()
        .allSatisfy(
            error ->
                assertThat(error)
                    .contains("another record with the key \"" + key, "dedupe content"));
  }

  @Test
  void by_key_an_answer_that_the_text_proves_is_reused_with_the_records_own_fields() {
    byKey(Discounts.readable(key, "20% off")).ended();
    ObjectNode now = Discounts.readable(key, "only today: 20% off");

    PostedJob job = byKey(now).ended().assertReused(1);

    assertThat(asked(now)).isZero();
    assertThat(job.results("title")).containsExactly(now.path("title").asText());
    assertThat(job.warnings())
        .singleElement()
        .asString()
        .startsWith("1 record has the key of another record");
  }

  @Test
  void by_key_what_does_not_fit_is_not_sent_and_the_warning_counts_over_jobs() {
    Scenario.given(Discounts.readable(key, "20% off")).ended();
    ObjectNode one = Discounts.readable(key, "30% off");
    ObjectNode two = Discounts.readable(key, "40% off");

    PostedJob job = byKey(one, two).ended().assertCounts(0, 2);

    assertThat(job.view().getMap("models")).isEmpty();
    assertThat(asked(one) + asked(two)).isZero();
    assertThat(job.warnings())
        .singleElement()
        .asString()
        .startsWith("2 records have the key of another record");
    assertThat(job.text()).contains("2 x key_processed_before");
  }

  @Test
  void by_key_the_same_content_is_preferred_to_the_first() {
    ObjectNode soap = Discounts.readable(key, "30% off");
    Scenario.given(Discounts.readable(key, "20% off"), soap).ended();

    PostedJob job = byKey(soap).ended().assertReused(1);

    assertThat(job.results("price")).containsExactly(30);
    assertThat(job.warnings()).isEmpty();
  }

  @Test
  void what_was_enhanced_by_key_is_known_by_content_too() {
    ObjectNode lamp = Discounts.readable(key);
    byKey(lamp).ended();

    Scenario.given(lamp.deepCopy().put("discount_id", "other")).ended().assertReused(1);

    assertThat(asked(lamp)).isEqualTo(1);
  }

  @Test
  void jobs_at_the_same_time_ask_once_for_a_key() {
    List<ObjectNode> discounts = new ArrayList<>();
    List<PostedJob> jobs = new ArrayList<>();
    simulator.whenAsked(record -> record.contains("only here"), InjectedFault.SLOW);

    for (int i = 0; i < 5; i++) {
      discounts.add(Discounts.readable(key, "only here: 20% off"));
      jobs.add(byKey(discounts.get(i)).post());
    }

    jobs.forEach(job -> job.ended().assertOutcome("succeeded"));
    assertThat(discounts.stream().mapToLong(this::asked).sum()).isEqualTo(1);
    assertThat(jobs.stream().mapToInt(job -> job.count("reused")).sum()).isEqualTo(4);
  }

  @Test
  void what_an_imported_state_file_lists_as_processed_is_not_sent_and_says_where_its_result_is() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"processed_discounts\":[\"%s\"]}".formatted(key));

    PostedJob job = byKey(listed, Discounts.readable(key + "new")).ended().assertCounts(1, 1);

    assertThat(asked(listed)).isZero();
    assertThat(job.failures().getString("errors[0][0]"))
        .contains("lists the key \"" + key, "enhanced_*.json", "DELETE /tracking?key=" + key);
    assertThat(job.text()).contains("1 x processed_before");
    byKey(listed).retryFailed().ended().assertOutcome("failed");
    assertThat(asked(listed)).isZero();
  }

  @Test
  void an_imported_key_is_sent_by_content_and_then_has_a_result() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"processed_discounts\":[\"%s\"]}".formatted(key));
    Scenario.given(listed).ended();

    byKey(listed).ended().assertReused(1);

    assertThat(asked(listed)).isEqualTo(1);
  }

  @Test
  void what_failed_under_a_key_is_sent_again_only_when_asked_to() {
    ObjectNode hopeless = Discounts.readable(key);
    byKey(hopeless).onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY).ended();
    simulator.clear();
    ObjectNode changed = Discounts.readable(key);

    PostedJob skipped = byKey(changed).ended().assertCounts(0, 1);
    byKey(changed).retryFailed().ended().assertOutcome("succeeded");

    assertThat(skipped.failures().getString("errors[0][0]"))
        .contains("a record with the key \"" + key, "retryFailed");
    assertThat(asked(changed)).isEqualTo(1);
  }

  @Test
  void what_an_imported_state_file_lists_as_failed_is_sent_only_when_asked_to() {
    ObjectNode listed = Discounts.readable(key);
    importState("{\"failed_discounts\":[\"%s\"]}".formatted(key));

    PostedJob skipped = byKey(listed).ended().assertOutcome("failed");
    byKey(listed).retryFailed().ended().assertOutcome("succeeded");

    assertThat(skipped.view().getMap("models")).isEmpty();
  }

  @Test
  void a_key_that_another_provider_processed_is_sent() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    remember("simulated", lamp, PROFILE.fingerprint("simulated", PriorAnswers.source(lamp)));
    makeReal(key);

    byKey(lamp).ended().assertReused(0);

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

    byKey(lamp).ended();
    byKey(lamp, sameBeginning).ended().assertCounts(2, 0).assertReused(1);

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
        Statements.change(
            sql,
            "UPDATE enhancement SET provider = 'groq', fingerprint = '\\x01' WHERE record_key = ?",
            of);
    assertThat(made).isEqualTo(1);
  }

  private void remember(String provider, ObjectNode discount, Fingerprint fingerprint) {
    tracking.save(List.of(PriorAnswers.of(provider, discount, fingerprint)));
  }

  private long asked(ObjectNode discount) {
    return Scenario.asked(simulator, discount);
  }

  private static void importState(String state) {
    given()
        .contentType("application/json")
        .body(state)
        .put("/tracking/state")
        .then()
        .statusCode(200);
  }

  private static Scenario byKey(ObjectNode... discounts) {
    return Scenario.given(discounts).dedupe("id");
  }
}
