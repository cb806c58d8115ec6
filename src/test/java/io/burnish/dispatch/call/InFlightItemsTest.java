package io.burnish.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items in flight against claims in the database. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class InFlightItemsTest {

  private static final UUID WORKER = UUID.randomUUID();
  private static final Claimant CLAIMANT = new Claimant(WORKER, "simulated");

  @Inject Sql sql;
  @Inject ItemQueue queue;
  @Inject WorkerRegistry registry;

  @BeforeEach
  void a_worker_and_an_empty_queue() {
    Statements.empty(sql, "job, worker, provider_call");
    registry.heartbeat(new WorkerProcess(WORKER, "here", 1));
  }

  @Test
  void items_that_no_call_is_about_are_released_only_in_doubt() {
    post(3);
    InFlightItems inFlight = new InFlightItems(registry, CLAIMANT);
    List<ClaimedItem> claims = queue.claim(CLAIMANT, 3, Long.MAX_VALUE);
    inFlight.add(claims.subList(0, 1));

    inFlight.reconcile();
    assertThat(running()).isEqualTo("3");

    inFlight.doubt();
    inFlight.reconcile();
    assertThat(running()).isEqualTo("1");
  }

  @Test
  void an_item_that_is_claimed_again_stays_in_flight_when_the_call_of_its_older_claim_ends() {
    post(1);
    InFlightItems inFlight = new InFlightItems(registry, CLAIMANT);
    List<ClaimedItem> old = queue.claim(CLAIMANT, 1, Long.MAX_VALUE);
    inFlight.add(old);
    queue.release(old);
    inFlight.add(queue.claim(CLAIMANT, 1, Long.MAX_VALUE));

    inFlight.remove(old);
    inFlight.doubt();
    inFlight.reconcile();

    assertThat(running()).isEqualTo("1");
  }

  private String running() {
    return Statements.one(sql, "SELECT count(*) FROM item WHERE state = 'running'");
  }

  private static String post(int records) {
    return Scenario.given(records).post().id();
  }
}
