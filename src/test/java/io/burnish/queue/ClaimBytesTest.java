package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.Submissions;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.Jobs;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.LookAhead;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims and looks ahead are bounded by the bytes of what they read. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ClaimBytesTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");
  private static final int LARGE = 100_000;

  @Inject ItemQueue queue;
  @Inject WorkerRegistry registry;
  @Inject Ledger ledger;
  @Inject Jobs jobs;
  @Inject Sql sql;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.empty(sql, "job, worker, provider_call");
    registry.heartbeat(new WorkerProcess(WORKER.worker(), "here", 1));
  }

  @Test
  void a_claim_ends_where_its_bytes_are_used_up() {
    submit(10, LARGE);

    List<ClaimedItem> claims = queue.claim(WORKER, 10, 3 * LARGE + 1);

    assertThat(claims).extracting(ClaimedItem::seq).containsExactly(0, 1, 2);
    assertThat(claims).extracting(ClaimedItem::bytes).containsOnly((long) LARGE);
    assertThat(queue.claim(WORKER, 10, Long.MAX_VALUE)).hasSize(7);
  }

  @Test
  void small_records_go_past_those_that_are_too_large() {
    submit(3, LARGE);
    submit(5, 100);

    List<ClaimedItem> small = queue.claimSmall(WORKER, 10, LARGE / 2);

    assertThat(small).hasSize(5).allMatch(item -> item.bytes() < LARGE / 2);
    assertThat(queue.claimSmall(WORKER, 10, LARGE / 2)).isEmpty();
    assertThat(queue.claim(WORKER, 10, Long.MAX_VALUE)).hasSize(3);
  }

  @Test
  void one_record_is_claimed_however_large_it_is() {
    submit(2, LARGE);

    assertThat(queue.claim(WORKER, 10, 1)).extracting(ClaimedItem::seq).containsExactly(0);
    assertThat(queue.claim(WORKER, 10, 1)).extracting(ClaimedItem::seq).containsExactly(1);
    assertThat(queue.claim(WORKER, 10, 1)).isEmpty();
  }

  @Test
  void records_of_versions_that_knew_no_bytes_are_bounded_too() {
    submit(10, LARGE);
    Statements.run(sql, "UPDATE item SET record_bytes = NULL");

    assertThat(queue.claim(WORKER, 10, 2 * LARGE)).hasSize(2);
  }

  @Test
  void bytes_are_those_of_utf_8() {
    UUID job = submit(List.of("{\"title\":\"" + "ח".repeat(1_000) + "\"}"));

    ClaimedItem claim = queue.claim(WORKER, 10, Long.MAX_VALUE).get(0);

    assertThat(claim.jobId()).isEqualTo(job);
    assertThat(claim.bytes()).isEqualTo(2_000 + "{\"title\":\"\"}".length());
  }

  @Test
  void what_was_answered_before_counts() {
    submit(4, 1_000);
    List<ClaimedItem> before = queue.claim(WORKER, 4, Long.MAX_VALUE);
    before.forEach(this::refuse);
    Statements.run(sql, "UPDATE item SET state = 'ready', due_at = NULL, wait_reason = NULL");

    List<ClaimedItem> claims = queue.claim(WORKER, 4, 2 * LARGE);

    assertThat(claims).hasSize(1);
    assertThat(claims.get(0).bytes()).isGreaterThan(LARGE);
    assertThat(claims.get(0).history()).hasSize(1);
  }

  /** An answer of more than 100,000 characters, refused. */
  private void refuse(ClaimedItem item) {
    UUID call = UUID.randomUUID();
    String answer = "x".repeat(LARGE);
    ledger.record(
        List.of(
            new LedgerEntry(
                call, List.of(item), "m", "answered", 200, 1, 1, 0, 1, null, null, answer)));
    queue.complete(
        List.of(
            new Outcome(
                item,
                new Parked(WaitReason.REASK, Duration.ZERO),
                Optional.of(new Judged(call, "m", false, List.of("no"), answer)))));
  }

  @Test
  void the_bytes_are_shared_among_jobs_and_none_waits_for_ever() {
    UUID large = submit(20, LARGE);
    UUID small = submit(200, 1_000);
    Map<UUID, Integer> claimed = new HashMap<>();

    for (int claim = 0; claim < 20; claim++) {
      queue
          .claim(WORKER, 64, LARGE + 10_000)
          .forEach(item -> claimed.merge(item.jobId(), 1, Integer::sum));
    }

    assertThat(claimed.get(large)).isGreaterThanOrEqualTo(10);
    assertThat(claimed.get(small)).isGreaterThanOrEqualTo(20);
  }

  @Test
  void a_claim_without_texts_is_read_afterwards() {
    submit(3, 1_000);

    List<ClaimedItem> unread = queue.claimWithoutTexts(WORKER, 2, Long.MAX_VALUE, true);

    assertThat(unread).extracting(ClaimedItem::record).containsOnly("");
    List<ClaimedItem> read = queue.readTexts(unread);
    assertThat(read).extracting(ClaimedItem::id).isEqualTo(ids(unread));
    assertThat(read).allSatisfy(item -> assertThat(item.record()).hasSize(1_000));
    queue.release(unread.subList(0, 1));
    assertThat(queue.readTexts(unread))
        .extracting(ClaimedItem::id)
        .isEqualTo(ids(unread.subList(1, 2)));
  }

  @Test
  void a_look_ahead_ends_where_its_bytes_are_used_up_and_the_next_goes_on_there() {
    submit(5, LARGE);
    submit(5, LARGE);
    List<Integer> seen = new ArrayList<>();
    Map<UUID, Integer> from = Map.of();

    for (int look = 0; look < 5; look++) {
      LookAhead upcoming = queue.lookAhead(WORKER, from, 100, 2 * LARGE);
      upcoming.items().forEach(item -> seen.add(item.seq()));
      from = upcoming.next();
    }

    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
    assertThat(queue.lookAhead(WORKER, Map.of(), 100, 1).items()).hasSize(1);
  }

  /** The service's connections forbid other scans where there is a choice; here is none to fear. */
  @Test
  void a_claim_walks_over_its_index_and_reads_no_record_that_it_leaves() {
    submit(100, 1_000);

    String plan = plan(Claim.SQL);

    assertThat(plan).contains("using item_ready", "using item_payload_pkey");
    assertThat(plan).doesNotContain("Seq Scan on item", "Bitmap");
  }

  private String plan(String statementText) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("EXPLAIN " + statementText)) {
            statement.setLong(1, 600);
            statement.setString(2, WORKER.provider());
            statement.setArray(3, connection.createArrayOf("uuid", new UUID[0]));
            statement.setInt(4, 10);
            statement.setInt(5, 10);
            statement.setInt(6, 1);
            statement.setInt(7, 10);
            statement.setLong(8, 1_000_000);
            statement.setBoolean(9, true);
            statement.setLong(10, 1_000_000);
            statement.setBoolean(11, true);
            statement.setObject(12, WORKER.worker());
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                lines.add(rows.getString(1));
              }
            }
            return String.join("\n", lines);
          }
        });
  }

  private static List<Long> ids(List<ClaimedItem> items) {
    return items.stream().map(ClaimedItem::id).toList();
  }

  private UUID submit(int records, int bytes) {
    String frame = "{\"title\":\"\"}";
    String text = "{\"title\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    return submit(IntStream.range(0, records).mapToObj(i -> text).toList());
  }

  private UUID submit(List<String> records) {
    return jobs.submit(
            Submissions.of(
                IntStream.range(0, records.size())
                    .mapToObj(i -> NewItem.ready(i, null, records.get(i), null, null))
                    .toList()))
        .id();
  }
}
