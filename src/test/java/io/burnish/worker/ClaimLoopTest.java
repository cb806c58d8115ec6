package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.FaultPolicy;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.attempt.Pack;
import io.burnish.cluster.ClusterConfig;
import io.burnish.cluster.Heartbeat;
import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.completion.BatchWriters;
import io.burnish.completion.Completer;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.dedup.JobSpecs;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.DispatchFixture;
import io.burnish.dispatch.plan.DispatchConfig;
import io.burnish.enhancement.Enhancer;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.ledger.Ledger;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import io.burnish.models.ChatGateway;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.Outcome;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single turns of the claim loop, with calls that run when the test lets them. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ClaimLoopTest {

  private static final UUID WORKER = UUID.randomUUID();

  @Inject Sql sql;
  @Inject ItemQueue queue;
  @Inject WorkerRegistry registry;
  @Inject WorkerConfig config;
  @Inject DispatchConfig calling;
  @Inject ClusterConfig cluster;
  @Inject JobSpecs specs;
  @Inject Ledger ledger;
  @Inject DispatchFixture fixture;
  @Inject Enhancer enhancer;
  @Inject ChatGateway models;
  @Inject FaultPolicy faults;
  @Inject OutcomePolicy judging;
  @Inject InternalErrors errors;
  @Inject Completer completer;
  Simulator simulator;

  private final ExecutorService writing = Executors.newCachedThreadPool();
  private final LoopWatch watch = new LoopWatch();
  private BatchWriters writers;
  private FailingAttempt attempt;
  private DispatchFixture.Dispatch dispatch;
  private ClaimLoop loop;

  /** Fails at each call about a record with this title, as a defect of the service would. */
  private final class FailingAttempt extends CallAttempt {
    private String title = "none has it";

    FailingAttempt() {
      super(models, enhancer, judging, faults);
    }

    @Override
    public List<Outcome> run(Pack pack, Reservation reservation, Listener listener) {
      if (pack.items().stream().anyMatch(item -> item.record().contains(title))) {
        throw new IllegalStateException("a defect");
      }
      return super.run(pack, reservation, listener);
    }
  }

  @BeforeEach
  void a_loop_over_an_empty_queue() {
    simulator.clear();
    Statements.empty(sql, "job, worker, provider_call, enhancement");
    attempt = new FailingAttempt();
    registry.heartbeat(new WorkerProcess(WORKER, "here", 1));
    writers = new BatchWriters(completer, ledger, calling.concurrency(), watch);
    writers.loops().forEach(writing::execute);
    Claimant claimant = new Claimant(WORKER, "simulated");
    Signal signal = new Signal();
    QuarantinedJobs quarantined = new QuarantinedJobs(specs, queue, System::nanoTime);
    dispatch = fixture.dispatch(claimant, attempt, writers, quarantined, signal);
    // Its clock stands still: the lease lasts however long a test takes.
    Heartbeat heartbeat = new Heartbeat(WORKER, cluster, registry, signal, () -> 0, watch);
    loop =
        new ClaimLoop(
            config,
            new LeasedSlots(dispatch.slots(), heartbeat),
            new Claimer(queue, quarantined, errors, writers, dispatch.inFlight(), claimant, config),
            dispatch.planner(),
            dispatch.dispatcher(),
            dispatch.lookAhead());
  }

  @AfterEach
  void the_writers_end() {
    releasesFail(false);
    writers.close();
    writing.shutdown();
  }

  @Test
  void one_turn_claims_what_is_ready_and_its_calls_decide_it() throws Exception {
    PostedJob job = post(20);

    assertThat(loop.runOnce().more()).isTrue();
    assertThat(dispatch.calls().size()).isEqualTo(2);
    dispatch.calls().run();

    assertThat(dispatch.slots().drain(Duration.ofSeconds(30))).isTrue();
    job.assertCounts(20, 0);
    assertThat(loop.runOnce().more()).isFalse();
  }

  /** Defect H2: permits of calls that had begun were given back twice. */
  @Test
  void permits_are_what_they_were_when_the_database_fails_after_calls_have_begun()
      throws Exception {
    post(calling.concurrency() + 40);
    alone();
    releasesFail(true);

    assertThatThrownBy(() -> loop.runOnce()).hasMessageContaining("the session ended");

    int begun = dispatch.calls().size();
    assertThat(begun).isPositive();
    assertThat(dispatch.slots().free()).isEqualTo(calling.concurrency() - begun);
    assertThat(dispatch.slots().drain(Duration.ofMillis(1))).isFalse();
    releasesFail(false);
    dispatch.calls().run();
    assertThat(dispatch.slots().drain(Duration.ofSeconds(30))).isTrue();
    assertThat(dispatch.slots().free()).isEqualTo(calling.concurrency());
  }

  @Test
  void what_was_claimed_before_the_database_failed_is_claimed_again() throws Exception {
    PostedJob job = post(calling.concurrency() + 40);
    alone();
    releasesFail(true);
    assertThatThrownBy(() -> loop.runOnce()).hasMessageContaining("the session ended");
    releasesFail(false);
    dispatch.inFlight().doubt();

    for (int turn = 0; turn < 10; turn++) {
      loop.runOnce();
      dispatch.calls().run();
    }

    assertThat(dispatch.slots().drain(Duration.ofSeconds(30))).isTrue();
    job.ended().assertCounts(calling.concurrency() + 40, 0);
    assertThat(simulator.calls()).hasSize(calling.concurrency() + 40);
  }

  /** Defect H3 (c): an error of the service was paid for again and again. */
  @Test
  void a_record_that_the_service_fails_at_ends_as_internal_error_and_the_others_succeed()
      throws Exception {
    ObjectNode poison = Discounts.readable("0");
    attempt.title = poison.path("title").asText();
    PostedJob job = Scenario.given(5).and(poison).and(10).post();

    untilEnded(job);

    job.assertCounts(15, 1);
    assertThat(job.errors().get(0)).contains("internal error");
    assertThat(simulator.calls())
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain(attempt.title));
    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(4);
  }

  /** Defect S1-1: a record that could not be read with its claim stopped all work. */
  @Test
  void a_record_that_cannot_be_read_fails_alone_and_the_others_succeed() throws Exception {
    PostedJob job = post(16);
    // Its history has a text longer than Jackson reads.
    Statements.run(
        sql,
        """
        INSERT INTO provider_call (id, model, outcome, http_status, latency_ms)
        VALUES ('00000000-0000-0000-0000-000000000001', 'm', 'answered', 200, 1)
        """);
    Statements.run(
        sql,
        """
        INSERT INTO attempt (item_id, fence, call_id, ref, outcome, answer)
        SELECT id, 1, '00000000-0000-0000-0000-000000000001', 1, 'refused', repeat('x', 21000000)
        FROM item WHERE seq = 5 AND job_id = '%s'
        """
            .formatted(job.id()));
    Statements.change(sql, "UPDATE item SET fence = 1 WHERE seq = 5 AND job_id = ?", job.key());

    untilEnded(job);

    job.assertCounts(15, 1);
    assertThat(job.errors().get(0)).contains("internal error");
  }

  @Test
  void a_pack_that_is_refused_as_a_whole_is_halved_until_its_record_is_alone() throws Exception {
    ObjectNode refused = Discounts.readable("0");
    PostedJob job =
        Scenario.given(37)
            .and(refused)
            .and(26)
            .onProvider(simulator, refused, InjectedFault.REQUEST_REFUSED)
            .post();

    untilEnded(job);

    job.assertCounts(63, 1);
    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void an_accepted_null_price_ends_its_record_after_one_call() throws Exception {
    PostedJob job = Scenario.given(Discounts.unpriced("1")).and(1).post();

    untilEnded(job);

    job.assertCounts(1, 1);
    assertThat(simulator.calls()).hasSize(1);
    assertThat(job.view().getInt("models.values()[0].succeeded")).isEqualTo(1);
    assertThat(job.view().getInt("models.values()[0].refused")).isZero();
    JsonPath failure = job.failures();
    assertThat(failure.getString("[0].code")).isEqualTo("no_price_in_source");
    assertThat(failure.getList("[0].errors")).hasSize(1);
    assertThat(failure.getList("[0].attempts.n")).containsExactly(1);
    assertThat(failure.getMap("[0].attempts[0].answer")).containsEntry("price", null);
    assertThat(failure.getList("[0].attempts[0].violations.code"))
        .containsExactly("no_price_in_source");
    assertThat(Statements.one(sql, "SELECT string_agg(state, ',' ORDER BY state) FROM enhancement"))
        .isEqualTo("failed,processed");
    assertThat(job.results("price")).containsExactly(20);
  }

  @Test
  void a_null_price_where_the_text_has_one_is_refused_and_the_model_is_told_the_amount()
      throws Exception {
    PostedJob job =
        Scenario.given(Discounts.readable("1", "₪1,109"))
            .onProvider(simulator, InjectedFault.NO_PRICE)
            .post();

    untilEnded(job);

    job.assertCounts(1, 0);
    assertThat(simulator.calls()).hasSize(2);
    assertThat(simulator.calls().get(1).records().get(0))
        .contains("price was null", "₪1,109", "could be the price of the offer");
  }

  @Test
  void a_record_whose_price_no_model_answers_fails_as_price_not_answered() throws Exception {
    ObjectNode silent = Discounts.readable("1", "₪1,109");
    PostedJob job =
        Scenario.given(silent).onProvider(simulator, silent, InjectedFault.NO_PRICE).post();

    untilEnded(job);

    assertThat(simulator.calls()).hasSize(4);
    JsonPath failure = job.failures();
    assertThat(failure.getString("[0].code")).isEqualTo("price_not_answered");
    assertThat(failure.getList("[0].attempts")).hasSize(4);
    assertThat(failure.getMap("[0].attempts[3].violations[0]"))
        .containsEntry("code", "price_not_answered")
        .containsEntry(
            "evidence",
            Map.of("field", "price", "start", 0, "end", 6, "text", "₪1,109", "as", "money"));
    assertThat(job.results("$")).isEmpty();
  }

  @Test
  void a_record_that_one_model_answers_wrongly_fails_by_that_and_not_by_the_nulls_of_others()
      throws Exception {
    simulator.whenCalled("simulated/openai/gpt-oss-120b", InjectedFault.NO_PRICE);
    simulator.whenCalled("simulated/openai/gpt-oss-20b", InjectedFault.WRONG_CATEGORY);
    simulator.whenCalled("simulated/qwen/qwen3.8-27b", InjectedFault.NO_PRICE);
    PostedJob job = Scenario.given(Discounts.readable("1", "₪1,109")).post();

    untilEnded(job);

    JsonPath failure = job.failures();
    assertThat(failure.getList("[0].attempts.collect{it.violations[0].code}"))
        .contains("price_not_answered")
        .last()
        .isEqualTo("price_not_answered");
    assertThat(failure.getString("[0].code")).isEqualTo("category_invalid");
    assertThat(failure.<String>getList("[0].errors").get(0)).contains("Discounts");
  }

  /** No time passes: what waits is due at once. */
  private void untilEnded(PostedJob job) throws Exception {
    for (int turn = 0; turn < 400 && !"completed".equals(job.view().getString("state")); turn++) {
      Statements.run(sql, "UPDATE item SET due_at = clock_timestamp() WHERE state = 'waiting'");
      loop.runOnce();
      dispatch.calls().run();
      assertThat(dispatch.slots().drain(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static PostedJob post(int records) {
    return Scenario.given(records).post();
  }

  /** Each has a call of its own: more records are claimed than there are calls. */
  private void alone() {
    Statements.run(sql, "UPDATE item SET max_pack = 1");
  }

  /** From now on the database refuses to give items back, or no more. */
  private void releasesFail(boolean fail) {
    Statements.run(sql, "DROP TRIGGER IF EXISTS no_release ON item");
    if (fail) {
      Statements.run(
          sql,
          """
          CREATE OR REPLACE FUNCTION no_release() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'the session ended'; END $$
          """);
      Statements.run(
          sql,
          """
          CREATE TRIGGER no_release BEFORE UPDATE ON item FOR EACH ROW
          WHEN (OLD.state = 'running' AND NEW.state = 'ready') EXECUTE FUNCTION no_release()
          """);
    }
  }
}
