package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica that is killed while it removes an old job. */
@Tag("crash")
class RetentionIT {

  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM job WHERE id = ?) + (SELECT count(*) FROM item)
        + (SELECT count(*) FROM item_payload) + (SELECT count(*) FROM item_result)
        + (SELECT count(*) FROM attempt) + (SELECT count(*) FROM provider_call)
      """;

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void killed_in_the_middle_the_rest_is_removed_by_the_next_and_what_was_decided_stays_known()
      throws Exception {
    Replica worker = STAGE.start("a");
    Batch batch = Batch.of(50);
    String job = worker.post(batch);
    Invariants.isWhole(STAGE, worker, new Posted(batch, job), batch.size());
    worker.kill();
    Map<String, String> forgetful =
        Map.of("BURNISH_RETENTION_FINISHED_JOBS", "1s", "BURNISH_RETENTION_EVERY", "1s");

    int inTheMiddle;
    try (Hold hold =
        STAGE
            .database()
            .hold(
                Environment.DATABASE,
                "SELECT FROM item WHERE job_id = '%s' FOR UPDATE".formatted(job))) {
      Replica victim = STAGE.start("a", forgetful);
      hold.untilBlocked(1);
      victim.kill();
      inTheMiddle = left(job);
    }
    Replica next = STAGE.start("a", forgetful);
    await().until(() -> left(job) == 0);
    next.kill();
    Replica last = STAGE.start("a");
    String again = last.post(batch);

    assertThat(inTheMiddle).isPositive();
    Invariants.isWhole(STAGE, last, new Posted(batch, again), batch.size());
  }

  private static int left(String job) {
    return (int) STAGE.database().number(Environment.DATABASE, LEFT, UUID.fromString(job));
  }
}
