package io.burnish.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of outcomes of which the database refuses some; and what the worker says it holds. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CompleterTest {

  private static final UUID WORKER = UUID.randomUUID();
  private static final Claimant CLAIMANT = new Claimant(WORKER, "simulated");
  private static final String DONE = "{\"title\":\"done\"}";

  @Inject Sql sql;
  @Inject ItemQueue queue;
  @Inject WorkerRegistry registry;
  @Inject Completer completer;

  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void a_worker_and_an_empty_queue() {
    Statements.empty(sql, "job, worker, provider_call");
    registry.heartbeat(new WorkerProcess(WORKER, "here", 1));
  }

  @AfterEach
  void the_database_takes_everything_again() {
    Statements.run(sql, "DROP TRIGGER IF EXISTS refuses ON item");
  }

  @Test
  void one_outcome_that_the_database_refuses_does_not_hold_up_the_others() {
    String id = post(5);
    List<ClaimedItem> claims = queue.claim(CLAIMANT, 5, Long.MAX_VALUE);
    refuse(claims.get(2));

    completer.complete(claims.stream().map(CompleterTest::done).toList(), tries::incrementAndGet);

    JsonPath job = Api.job(id);
    assertThat(job.getInt("counts.succeeded")).isEqualTo(4);
    assertThat(job.getInt("counts.pending")).isEqualTo(1);
    assertThat(
            Statements.one(
                sql,
                "SELECT state || ' ' || internal_errors || ' ' || attempt FROM item WHERE id = "
                    + claims.get(2).id()))
        .as("postponed as an internal error, and no attempt is charged")
        .isEqualTo("waiting 1 0");
    assertThat(tries).as("the batch, and then each by itself").hasValue(6);
  }

  @Test
  void an_outcome_of_an_older_claim_is_dropped() {
    String id = post(1);
    ClaimedItem old = queue.claim(CLAIMANT, 1, Long.MAX_VALUE).get(0);
    queue.release(List.of(old));
    ClaimedItem now = queue.claim(CLAIMANT, 1, Long.MAX_VALUE).get(0);

    completer.complete(List.of(done(old)), tries::incrementAndGet);

    assertThat(Api.job(id).getInt("counts.succeeded")).isZero();
    completer.complete(List.of(done(now)), tries::incrementAndGet);
    assertThat(Api.job(id).getInt("counts.succeeded")).isEqualTo(1);
  }

  private static Outcome done(ClaimedItem item) {
    return Outcome.withoutCall(item, new Enhanced(DONE, null, false));
  }

  private static String post(int records) {
    return Scenario.given(records).post().id();
  }

  private void refuse(ClaimedItem item) {
    Statements.run(
        sql,
        """
        CREATE OR REPLACE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused on purpose' USING ERRCODE = 'data_exception'; END $$
        """);
    Statements.run(
        sql,
        """
        CREATE TRIGGER refuses BEFORE UPDATE ON item FOR EACH ROW
        WHEN (NEW.id = %d AND NEW.state = 'succeeded') EXECUTE FUNCTION refuses()
        """
            .formatted(item.id()));
  }
}
