package io.burnish.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.budget.Budgets;
import io.burnish.budget.Budgets.Result;
import io.burnish.budget.TokenUse;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.Submissions;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.control.JobChanges;
import io.burnish.job.control.JobChanges.Change;
import io.burnish.job.control.JobControl;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.Job;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reservations of budgets, as concurrent calls of several replicas make them. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class BudgetReservationTest {

  private static final String PRICED = "openai/gpt-oss-120b";

  @Inject Jobs jobs;
  @Inject JobControl control;
  @Inject ItemQueue queue;
  @Inject Sql sql;
  @Inject Budgets budgets;

  /** A claim looks at 50 jobs: those that other tests left could hide the job of this one. */
  @BeforeEach
  void there_are_no_jobs() {
    Statements.empty(sql, "job");
  }

  /** A job of so many records with a budget; its items are claimed. */
  private List<ClaimedItem> claimed(
      int records, @Nullable Long maxTokens, @Nullable String maxCost) {
    Job job =
        jobs.submit(
            Submissions.of(
                IntStream.range(0, records)
                    .mapToObj(seq -> NewItem.ready(seq, null, "{}", null, null))
                    .toList()));
    control.change(
        job.id(),
        new JobChanges(
            null,
            null,
            null,
            new Change<>(maxTokens),
            new Change<>(maxCost == null ? null : new BigDecimal(maxCost))));
    return claim(job.id());
  }

  private List<ClaimedItem> claim(UUID job) {
    return queue.claim(new Claimant(UUID.randomUUID(), "simulated"), 1_000, Long.MAX_VALUE).stream()
        .filter(item -> item.jobId().equals(job))
        .toList();
  }

  private static List<TokenUse> call(long promptTokens, long completionTokens) {
    return List.of(new TokenUse(PRICED, promptTokens, completionTokens));
  }

  private JobState state(UUID job) {
    return jobs.find(job).orElseThrow().state();
  }

  @Test
  void calls_at_the_same_moment_share_the_budget_exactly() throws Exception {
    List<ClaimedItem> items = claimed(12, 350L, null);
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Callable<Result>> calls =
          items.stream()
              .<Callable<Result>>map(item -> () -> budgets.reserve(List.of(item), call(90, 10)))
              .toList();
      int reserved = 0;
      for (Future<Result> result : threads.invokeAll(calls)) {
        reserved += result.get().over().isEmpty() ? 1 : 0;
      }
      assertThat(reserved).isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
    assertThat(state(items.get(0).jobId())).as("calls are in flight").isEqualTo(JobState.QUEUED);
  }

  @Test
  void an_item_that_is_not_running_any_more_frees_what_it_reserved() {
    List<ClaimedItem> items = claimed(2, 100L, null);
    UUID job = items.get(0).jobId();
    assertThat(budgets.reserve(items.subList(0, 1), call(90, 10)).over()).isEmpty();
    assertThat(budgets.reserve(items.subList(1, 2), call(90, 10)).over()).containsExactly(job);

    queue.release(items.subList(0, 1));

    assertThat(budgets.reserve(items.subList(1, 2), call(90, 10)).over()).isEmpty();
    assertThat(budgets.reserve(items.subList(0, 1), call(1, 1)).over()).containsExactly(job);
  }

  @Test
  void a_worker_that_lost_an_item_reserves_nothing_for_it() {
    List<ClaimedItem> items = claimed(1, 100L, null);
    queue.release(items);
    List<ClaimedItem> again = claim(items.get(0).jobId());

    assertThat(budgets.reserve(items, call(90, 10)).leaseHeld()).isFalse();
    assertThat(budgets.reserve(again, call(90, 10)))
        .isEqualTo(budgets.reserve(again, call(90, 10)));
  }

  @Test
  void the_next_reservation_of_an_item_replaces_the_one_before() {
    List<ClaimedItem> items = claimed(2, 100L, null);

    for (int i = 0; i < 5; i++) {
      assertThat(budgets.reserve(items, call(60, 40)).over()).isEmpty();
    }
  }

  @Test
  void a_job_pays_only_for_its_own_records_of_a_shared_call() {
    List<ClaimedItem> limited = claimed(1, 100L, null);
    List<ClaimedItem> free = claimed(3, null, null);
    List<ClaimedItem> shared = List.of(limited.get(0), free.get(0), free.get(1), free.get(2));

    assertThat(budgets.reserve(shared, call(200, 200)).over()).isEmpty();
    assertThat(budgets.reserve(shared, call(201, 200)).over())
        .containsExactly(limited.get(0).jobId());
  }

  @Test
  void the_job_is_paused_when_a_single_record_does_not_fit_and_no_call_is_in_flight() {
    List<ClaimedItem> items = claimed(2, 99L, null);
    UUID job = items.get(0).jobId();

    assertThat(budgets.reserve(items, call(190, 10)).over()).containsExactly(job);
    assertThat(state(job)).as("a smaller call may fit").isEqualTo(JobState.QUEUED);

    assertThat(budgets.reserve(items.subList(0, 1), call(90, 10)).over()).containsExactly(job);
    assertThat(jobs.find(job).orElseThrow().pause())
        .hasValueSatisfying(
            pause -> {
              assertThat(pause.isByBudget()).isTrue();
              assertThat(pause.by()).isNull();
              assertThat(pause.at()).isNotNull();
            });
  }

  @Test
  void a_budget_that_was_raised_meanwhile_is_the_one_that_counts() {
    List<ClaimedItem> items = claimed(1, 50L, null);
    UUID job = items.get(0).jobId();
    budgets.reserve(items, call(90, 10));
    assertThat(state(job)).isEqualTo(JobState.PAUSED);

    control.change(job, new JobChanges(null, null, null, new Change<>(100L), null));

    assertThat(state(job)).isEqualTo(JobState.QUEUED);
    assertThat(budgets.reserve(items, call(90, 10)).over()).isEmpty();
  }

  @Test
  void money_is_counted_at_the_price_of_the_model() {
    // US$ 0.15 a million prompt tokens, 0.60 a million completion tokens.
    List<ClaimedItem> items = claimed(1, null, "0.000210");

    assertThat(budgets.reserve(items, call(1_000, 100)).over()).isEmpty();
    assertThat(budgets.reserve(items, call(1_000, 102)).over()).isNotEmpty();
  }

  @Test
  void a_job_with_a_budget_of_money_asks_no_model_without_a_price() {
    ClaimedItem item = claimed(1, null, "1").get(0);
    List<TokenUse> unpriced = List.of(new TokenUse("another/model", 1, 1));

    assertThat(budgets.mayAsk("another/model", item)).isFalse();
    assertThat(budgets.mayAsk(PRICED, item)).isTrue();
    assertThat(budgets.reserve(List.of(item), unpriced).over()).containsExactly(item.jobId());
    assertThat(state(item.jobId())).isEqualTo(JobState.PAUSED);
  }
}
