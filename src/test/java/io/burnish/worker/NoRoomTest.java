package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PriorAnswers;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.tracking.PriorResult;
import io.burnish.tracking.Tracking;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What needs no call does not wait for the quotas, be they used up for the day. */
@QuarkusTest
@TestProfile(NoRoomTest.OneModel.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class NoRoomTest {

  private static final String MODEL = "used-up";
  private static final Profile PROFILE = Profiles.named("discount").orElseThrow();

  /** No other test has it. */
  private final String key = UUID.randomUUID().toString();

  private int calls;

  Simulator simulator;
  @Inject Tracking tracking;
  @Inject Sql sql;

  /** One model, which no other test has. */
  public static class OneModel implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("burnish.models.preference", MODEL);
    }
  }

  @BeforeEach
  void no_room_is_left() {
    simulator.whenCalled("simulated/" + MODEL, InjectedFault.THROTTLED_FOR_LONG);
    String refused = Api.post(Discounts.list(Discounts.readable(key + "refused")));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> "quota".equals(Api.now(refused, "/waitingFor/reason")));
    calls = simulator.calls().size();
  }

  @AfterEach
  void nobody_was_asked() {
    assertThat(simulator.calls()).hasSize(calls);
  }

  @Test
  void what_is_known_is_reused_at_once() {
    ObjectNode[] known = discounts(5);
    remember(known);

    JsonPath all = Api.ended(Api.post(Discounts.list(known)));
    String some = Api.post(Discounts.list(known[0], Discounts.readable(key + "new"), known[1]));

    assertThat(all.getInt("counts.reused")).isEqualTo(known.length);
    await().atMost(Duration.ofSeconds(60)).until(() -> reused(some) == 2);
    assertThat(Api.job(some).getInt("counts.pending")).isEqualTo(1);
    assertThat(Api.job(some).getString("waitingFor.reason")).isEqualTo("quota");
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
    JsonPath job = Api.ended(Api.post(Discounts.list(large)));

    assertThat(read).hasSize(large.length).anyMatch(PriorResult::unread);
    assertThat(
            read.stream().flatMap(known -> known.result().stream()).mapToInt(String::length).sum())
        .isBetween(3_500_000, 4_500_000);
    assertThat(read).allMatch(known -> known.unread() != known.result().isPresent());
    assertThat(job.getInt("counts.reused")).isEqualTo(large.length);
  }

  @Test
  void what_becomes_known_while_it_waits_is_reused() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    String id = Api.post(Discounts.list(lamp, lamp, lamp));

    remember(lamp);

    JsonPath job = Api.ended(id);
    assertThat(job.getInt("counts.reused")).isEqualTo(3);
  }

  @Test
  void what_is_listed_in_an_imported_state_file_is_told_at_once() {
    given()
        .contentType("application/json")
        .body("{\"processed_discounts\":[\"%s\"]}".formatted(key))
        .put("/tracking/state");

    JsonPath job =
        Api.ended(
            Api.post(
                "{\"options\":{\"dedupe\":\"id\"},\"records\":%s}"
                    .formatted(Discounts.list(Discounts.readable(key)))));

    assertThat(job.getInt("counts.failed")).isEqualTo(1);
    assertThat(job.getMap("models")).isEmpty();
  }

  @Test
  void an_answer_that_was_paid_for_and_never_judged_is_judged() {
    String id = Api.post(Discounts.list(Discounts.readable(key, "20% off")));

    update(
        """
        WITH call AS (
          INSERT INTO provider_call (id, model, outcome, http_status, latency_ms, raw_answer)
          VALUES (gen_random_uuid(), 'simulated/used-up', 'answered', 200, 1, ?) RETURNING id),
        claimed AS (UPDATE item SET fence = fence + 1 WHERE job_id = ?::uuid RETURNING id, fence)
        INSERT INTO attempt (item_id, fence, call_id, outcome)
        SELECT claimed.id, claimed.fence, call.id, 'answered' FROM claimed, call
        """,
        """
        {"records":[{"ref":1,"price":20,"discount_type":"percentage",\
        "category":["home"],"consumer_statuses":["Homeowner"]}]}\
        """,
        id);

    JsonPath job = Api.ended(id);
    assertThat(job.getInt("counts.succeeded")).isEqualTo(1);
  }

  @Test
  void every_record_is_looked_at_however_many_wait_before_it() {
    ObjectNode lamp = Discounts.readable(key, "20% off");
    remember(lamp);
    ObjectNode[] many = discounts(2_500);
    many[many.length - 1] = lamp;

    String id = Api.post(Discounts.list(many));

    await().atMost(Duration.ofSeconds(60)).until(() -> reused(id) == 1);
    assertThat(Api.job(id).getInt("counts.pending")).isEqualTo(many.length - 1);
    remember(many[7]);
    await().atMost(Duration.ofSeconds(60)).until(() -> reused(id) == 2);
  }

  private ObjectNode[] discounts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Discounts.readable(key + "-" + i))
        .toArray(ObjectNode[]::new);
  }

  private static int reused(String id) {
    return Api.job(id).getInt("counts.reused");
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

  private void update(String statement, String... parameters) {
    sql.run(
        connection -> {
          try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
              prepared.setString(i + 1, parameters[i]);
            }
            return prepared.executeUpdate();
          }
        });
  }
}
