package io.burnish.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.Pack.PackKey;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.enhancement.Question;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.PastCall;
import io.burnish.record.SourceRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The number of paid calls about a record is bounded by burnish.worker.max-calls. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CallLimitTest {

  @Inject FaultPolicy faults;
  @Inject AttemptConfig config;

  @Test
  void a_record_with_max_calls_paid_calls_fails_instead_of_waiting() {
    Pack pack = pack(item(1, config.maxCalls() - 1), item(2, 3));

    List<Outcome> outcomes = faults.split(pack);

    assertThat(outcomes.get(0).decision()).isInstanceOf(Failed.class);
    assertThat(((Failed) outcomes.get(0).decision()).code()).isEqualTo("call_limit_reached");
    assertThat(outcomes.get(1).decision()).isInstanceOf(Parked.class);
    assertThat(((Parked) outcomes.get(1).decision()).maxPack()).isEqualTo(1);
  }

  @Test
  void calls_that_cost_nothing_do_not_count() {
    ClaimedItem item = item(1, Collections.nCopies(100, call("throttled")));

    List<Outcome> outcomes = faults.split(pack(item, item(2, 0)));

    assertThat(outcomes.get(0).decision()).isInstanceOf(Parked.class);
  }

  private static PastCall call(String outcome) {
    return new PastCall(
        1, "m", false, outcome, 2, null, List.of(), List.of(), Duration.ofSeconds(1));
  }

  private static ClaimedItem item(long id, int paid) {
    return item(id, Collections.nCopies(paid, call("timed_out")));
  }

  private static ClaimedItem item(long id, List<PastCall> history) {
    return new ClaimedItem(
        id,
        UUID.randomUUID(),
        (int) id,
        2,
        0,
        null,
        null,
        "{}",
        ClaimedItem.UNBOUNDED,
        0,
        history,
        null,
        2,
        0,
        Set.of(),
        ClaimedItem.Budget.NONE);
  }

  private static Pack pack(ClaimedItem... items) {
    List<SizedRecord> records =
        java.util.Arrays.stream(items)
            .map(
                item ->
                    new SizedRecord(
                        item,
                        new Question(1, SourceRecord.of("{}"), List.of(), Set.of()),
                        10,
                        new PackKey(16, false)))
            .toList();
    return Pack.of(Profiles.named("discount").orElseThrow(), 10, records);
  }
}
