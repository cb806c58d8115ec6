package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of one replica holds for the others too. */
class ControlIT {

  private static final Map<String, String> SETTINGS = Map.of("BURNISH_CONCURRENCY", "4");

  /** How late a replica may begin the last call about a job that another one has stopped. */
  private static final Duration EFFECTIVE = Duration.ofSeconds(2);

  @RegisterExtension static final Environment STAGE = new Environment();

  private static JsonNode control(Replica replica, String job, String verb) {
    Http.Answer answer = Http.send("POST", replica.url() + "/jobs/" + job + "/" + verb, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static long items(String job, String state) {
    return STAGE
        .database()
        .number(
            Environment.DATABASE,
            "SELECT count(*) FROM item WHERE job_id = ? AND state = '%s'".formatted(state),
            UUID.fromString(job));
  }

  private static long waitingForLocks() {
    return STAGE
        .database()
        .number("postgres", "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  }

  private static void untilBothWork(Replica... replicas) {
    for (Replica replica : replicas) {
      await().until(replica::hasCalled);
      await()
          .until(
              () ->
                  STAGE
                          .database()
                          .number(
                              Environment.DATABASE,
                              "SELECT count(*) FROM item WHERE worker_id = ? AND state = 'running'",
                              UUID.fromString(replica.worker()))
                      > 0);
    }
  }

  /** No call about the batch began later than {@link #EFFECTIVE} after a moment. */
  private static void assertStopped(Batch batch, Instant moment) {
    await().until(() -> moment.plus(EFFECTIVE.multipliedBy(2)).isBefore(Instant.now()));
    assertThat(STAGE.provider().asked(batch))
        .isNotEmpty()
        .allMatch(asked -> asked.at().isBefore(moment.plus(EFFECTIVE)));
  }

  @Test
  void a_job_that_one_replica_pauses_and_another_cancels_is_stopped_on_both() throws Exception {
    Replica one = STAGE.start("a", SETTINGS);
    Replica other = STAGE.start("b", SETTINGS);
    Batch batch = Batch.of(300);
    STAGE.provider().answersTake(Duration.ofMillis(300));
    String job = one.post(batch);
    untilBothWork(one, other);

    control(one, job, "pause");
    assertStopped(batch, Instant.now());
    assertThat(other.job(job).path("state").asText()).isEqualTo("paused");

    control(other, job, "resume");
    untilBothWork(one, other);
    control(other, job, "cancel");
    Instant cancelled = Instant.now();
    one.untilEnded(job);
    assertStopped(batch, cancelled);

    JsonNode view = one.job(job);
    JsonNode counts = view.path("counts");
    assertThat(view.path("state").asText()).isEqualTo("cancelled");
    assertThat(counts.path("succeeded").asInt()).isPositive();
    assertThat(counts.path("succeeded").asInt() + counts.path("cancelled").asInt())
        .isEqualTo(batch.size());
    assertThat(other.resultTitles(job)).hasSize(counts.path("succeeded").asInt());
  }

  @Test
  @Tag("crash")
  void a_retry_at_two_replicas_at_once_is_one_and_any_replica_does_it() throws Exception {
    Replica without = STAGE.start("a", Map.of("BURNISH_WORKER_ENABLED", "false"));
    Replica worker = STAGE.start("b", SETTINGS);
    Batch batch = Batch.of(4);
    STAGE.provider().faultAbout(batch.titlesInOrder().get(1), "WRONG_CATEGORY");
    String job = worker.post(batch);
    worker.untilEnded(job);
    STAGE.provider().withoutFaults();
    int failed = without.job(job).path("counts").path("failed").asInt();

    CompletableFuture<JsonNode> one;
    CompletableFuture<JsonNode> other;
    try (Database.Hold hold =
        STAGE
            .database()
            .hold(
                Environment.DATABASE,
                "SELECT FROM job WHERE id = '%s' FOR UPDATE".formatted(job))) {
      one = CompletableFuture.supplyAsync(() -> control(without, job, "retry"));
      other = CompletableFuture.supplyAsync(() -> control(worker, job, "retry"));
      hold.untilBlocked(1);
      await().until(() -> waitingForLocks() == 2);
    }

    assertThat(failed).isEqualTo(1);
    assertThat(one.get().path("retries").asInt()).isEqualTo(1);
    assertThat(other.get().path("retries").asInt()).isEqualTo(1);
    without.untilEnded(job);
    JsonNode view = without.job(job);
    assertThat(view.path("retries").asInt()).isEqualTo(1);
    assertThat(view.path("outcome").asText()).isEqualTo("succeeded");
    assertThat(without.resultTitles(job)).isEqualTo(batch.titlesInOrder());
    assertThat(control(without, job, "retry").path("retries").asInt()).isEqualTo(1);
  }

  @Test
  @Tag("crash")
  void a_cancel_that_is_cut_off_by_a_kill_is_finished_by_another_replica() throws Exception {
    Map<String, String> settings = Map.of("BURNISH_CONCURRENCY", "4");
    Replica victim = STAGE.start("a", settings);
    STAGE.provider().answersTake(Duration.ofMillis(500));
    Batch batch = Batch.of(60_000);
    String job = victim.post(batch);
    await().until(() -> items(job, "succeeded") > 0);

    CompletableFuture<Http.Answer> cancelling =
        CompletableFuture.supplyAsync(
            () -> Http.send("POST", victim.url() + "/jobs/" + job + "/cancel", ""));
    await().pollInterval(Duration.ofMillis(5)).until(() -> items(job, "cancelled") > 0);
    victim.kill();
    cancelling.handle((answer, failure) -> answer).join();
    long left = items(job, "ready") + items(job, "waiting");
    long paid = items(job, "succeeded");
    Replica other = STAGE.start("b", settings);
    other.untilEnded(job);

    assertThat(left).as("left by the cancel that was cut off").isPositive();
    JsonNode counts = other.job(job).path("counts");
    assertThat(other.job(job).path("state").asText()).isEqualTo("cancelled");
    for (String open : new String[] {"ready", "waiting", "running"}) {
      assertThat(items(job, open)).as(open).isZero();
    }
    assertThat(items(job, "cancelled")).isEqualTo(counts.path("cancelled").asLong());
    assertThat(items(job, "succeeded"))
        .isEqualTo(counts.path("succeeded").asLong())
        .isGreaterThanOrEqualTo(paid);
    assertThat(other.resultTitles(job)).hasSize(counts.path("succeeded").asInt());
    assertThat(counts.path("succeeded").asInt() + counts.path("cancelled").asInt())
        .isEqualTo(batch.size());
  }
}
