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
import io.burnish.models.ModelChain;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.tracking.Tracking;
import io.burnish.tracking.decision.PriorResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Items resolved without a call do not wait for quota, also when it is used up for the day. */
@QuarkusTest
@TestProfile(OneCallAtATime.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class NoQuotaTest {

  private static final Profile PROFILE = Profiles.named("discount").orElseThrow();

  /** No other test has it. */
  private final String key = UUID.randomUUID().toString();

  private int calls;

  Simulator simulator;
  @Inject ModelChain chain;
  @Inject Tracking tracking;
  @Inject Sql sql;

  @BeforeEach
  void no_quota_is_left() {
    chain.models().forEach(model -> simulator.whenCalled(model, InjectedFault.THROTTLED_FOR_LONG));
    Scenario.given(Discounts.readable(key + "refused")).post().waitingFor("quota");
    calls = simulator.calls().size();
  }

  @AfterEach
  void the_provider_was_not_asked() {
    assertThat(simulator.calls()).hasSize(calls);
  }

  @Test
  void what_is_known_is_reused_at_once() {
    ObjectNode[] known = discounts(5);
    remember(known);

    PostedJob all = Scenario.given(known).ended();
    PostedJob some =
        Scenario.given(known[0], Discounts.readable(key + "new"), known[1]).post().untilReused(2);

    all.assertReused(known.length);
    assertThat(some.count("pending")).isEqualTo(1);
    assertThat(some.view().getString("waitingFor.reason")).isEqualTo("quota");
  }

  /** More bytes of results than one look-up reads, so that they are read in several. */
  @Test
  void what_is_known_of_large_records_is_reused_piece_by_piece() {
    ObjectNode[] large = discounts(60);
    for (ObjectNode discount : large) {
      discount.put("description", "soft light ".repeat(10_000));
    }
    remember(large);

    List<PriorResult> read =
        List.copyOf(
            tracking
                .priorResults(
                    "discount",
                    Arrays.stream(large)
                        .map(d -> PROFILE.fingerprint("simulated", PriorAnswers.source(d)))
                        .toList())
                .values());
    PostedJob job = Scenario.given(large).ended();

    assertThat(read).hasSize(large.length).anyMatch(PriorResult::unread);
    assertThat(
            read.stream().flatMap(known -> known.result().stream()).mapToInt(String::length).sum())
        .isBetween(3_500_000, 4_500_000);
    assertThat(read).allMatch(known -> known.unread() != known.result().isPresent());
    job.assertReused(large.length);
  }

  @Test
  void what_becomes_known_while_it_waits_is_reused() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    PostedJob job = Scenario.given(lamp, lamp, lamp).post();

    remember(lamp);

    job.ended().assertReused(3);
  }

  @Test
  void what_is_listed_in_an_imported_state_file_fails_at_once() {
    given()
        .contentType("application/json")
        .body("{\"processed_discounts\":[\"%s\"]}".formatted(key))
        .put("/tracking/state");

    PostedJob job = Scenario.given(Discounts.readable(key)).dedupe("id").ended().assertCounts(0, 1);

    assertThat(job.view().getMap("models")).isEmpty();
  }

  @Test
  void an_answer_that_was_paid_for_and_never_judged_is_validated() {
    PostedJob job = Scenario.given(Discounts.readable(key, "20% off")).post();

    Statements.change(
        sql,
        """
        WITH call AS (
          INSERT INTO provider_call (id, model, outcome, http_status, latency_ms, raw_answer)
          VALUES (gen_random_uuid(), 'simulated/one', 'answered', 200, 1, ?) RETURNING id),
        claimed AS (UPDATE item SET fence = fence + 1 WHERE job_id = ?::uuid RETURNING id, fence)
        INSERT INTO attempt (item_id, fence, call_id, outcome)
        SELECT claimed.id, claimed.fence, call.id, 'answered' FROM claimed, call
        """,
        """
        {"records":[{"ref":1,"price":20,"discount_type":"percentage",\
        "category":["home"],"consumer_statuses":["Homeowner"]}]}""",
        job.id());

    job.ended().assertCounts(1, 0);
  }

  @Tag("slow")
  @Test
  void every_record_is_looked_at_however_many_wait_before_it() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    remember(lamp);
    ObjectNode[] many = discounts(2_500);
    many[many.length - 1] = lamp;

    PostedJob job = Scenario.given(many).post().untilReused(1);

    assertThat(job.count("pending")).isEqualTo(many.length - 1);
    remember(many[7]);
    job.untilReused(2);
  }

  private ObjectNode[] discounts(int count) {
    return Discounts.readable(key + "-", count);
  }

  /** As if they had just been answered elsewhere. */
  private void remember(ObjectNode... discounts) {
    tracking.save(
        Arrays.stream(discounts)
            .map(
                discount ->
                    PriorAnswers.of(
                        "simulated",
                        discount,
                        PROFILE.fingerprint("simulated", PriorAnswers.source(discount))))
            .toList());
  }
}
