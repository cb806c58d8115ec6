package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.crash.Invariants.Posted;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas and one budget. */
@Tag("crash")
class BudgetIT {

  private static final long BUDGET = 50_000;

  private static final Map<String, String> SETTINGS = Map.of("BURNISH_CONCURRENCY", "8");

  /** Both by the ledger, of which the job's own counters are sums. */
  private static final String SPENT =
      """
      SELECT COALESCE(sum(prompt_tokens + completion_tokens), 0) FROM provider_call WHERE id IN (
        SELECT a.call_id FROM attempt a JOIN item i ON i.id = a.item_id WHERE i.job_id = ?)
      """;

  @RegisterExtension static final Environment STAGE = new Environment();

  private static String post(Replica replica, Batch batch, long budget) {
    Http.Answer answer =
        Http.send(
            "POST",
            replica.url() + "/jobs",
            "{\"options\":{\"maxTokens\":%d},\"records\":%s}".formatted(budget, batch.body()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static void raise(Replica replica, String job) {
    Http.Answer answer = Http.send("PATCH", replica.url() + "/jobs/" + job, "{\"maxTokens\":null}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void untilPausedByBudget(Replica replica, String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              JsonNode view = replica.job(job);
              return view.path("state").asText().equals("paused")
                  && view.path("waitingFor").path("reason").asText().equals("budget");
            });
  }

  private static long spent(String job) {
    return STAGE.database().number(Environment.DATABASE, SPENT, UUID.fromString(job));
  }

  @Test
  void two_replicas_share_one_budget_exactly() throws Exception {
    Replica one = STAGE.start("a", SETTINGS);
    Replica other = STAGE.start("b", SETTINGS);
    Batch batch = Batch.of(120);
    STAGE.provider().answersTake(Duration.ofMillis(50));

    String job = post(one, batch, BUDGET);
    untilPausedByBudget(other, job);
    STAGE.provider().untilQuiet();

    assertThat(spent(job)).isBetween(BUDGET / 2, BUDGET);
    raise(other, job);
    Invariants.isWhole(STAGE, one, new Posted(batch, job), batch.size());
  }

  @Test
  void a_replica_that_is_killed_frees_what_it_had_reserved_and_the_budget_holds() throws Exception {
    Replica victim = STAGE.start("a", SETTINGS);
    Batch batch = Batch.of(120);
    STAGE.provider().answersTake(Duration.ofSeconds(1));
    String job = post(victim, batch, BUDGET);
    STAGE.provider().untilInFlight(4);
    victim.kill();
    int lost =
        (int)
            STAGE
                .database()
                .number(
                    Environment.DATABASE,
                    "SELECT count(*) FROM item WHERE job_id = ? AND state = 'running'",
                    UUID.fromString(job));
    STAGE.provider().answersTake(Duration.ofMillis(50));
    Replica other = STAGE.start("b", SETTINGS);

    untilPausedByBudget(other, job);
    STAGE.provider().untilQuiet();

    // More than half is spent: what the killed replica had reserved is not lost.
    assertThat(spent(job)).isBetween(BUDGET / 2, BUDGET);
    raise(other, job);
    Invariants.isWhole(STAGE, other, new Posted(batch, job), batch.size() + lost);
  }
}
