package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import io.burnish.crash.Wire.Trap;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one replica there is, killed at an exact place of a record's way, and started again. A lock
 * of the test's own keeps it at that place. The ways of pacing are subclasses.
 */
abstract class KillPoints {

  /** Keeps a completion from its items, and not the ledger from telling what belongs to them. */
  private static final String ITS_ITEMS = "SELECT FROM item WHERE job_id = '%s' FOR NO KEY UPDATE";

  /** Where it is played. */
  abstract Environment stage();

  /**
   * How many of so many records are asked about at once, each in a call of its own: all without
   * limits, and one where limits have still to be told or one call is made at a time.
   */
  abstract int atOnce(int records);

  @Test
  @Tag("crash")
  void after_the_claim() throws Exception {
    Replica victim = stage().start("a");
    Batch batch = Batch.of(20);

    String job;
    try (Hold hold = hold("LOCK TABLE in_flight IN ACCESS EXCLUSIVE MODE")) {
      job = victim.post(batch);
      hold.untilBlocked(1);
      assertThat(running(job)).isPositive();
      victim.kill();
    }
    Replica next = stage().start("a");

    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size());
  }

  @Test
  void after_the_calls_were_sent() throws Exception {
    Replica victim = stage().start("a");
    Batch batch = Batch.of(50);
    stage().provider().answersTake(Duration.ofSeconds(3));

    String job = victim.post(batch);
    stage().provider().untilInFlight(atOnce(10));
    victim.kill();
    int inFlight = stage().provider().inFlight();
    stage().provider().answersTake(Duration.ZERO);
    Replica next = stage().start("a");

    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + inFlight);
  }

  @Test
  @Tag("crash")
  void after_the_answers_and_before_they_are_kept() throws Exception {
    Replica victim = stage().start("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(30);

    String job;
    try (Hold hold = hold("LOCK TABLE provider_call IN EXCLUSIVE MODE")) {
      job = victim.post(batch);
      hold.untilBlocked(1);
      await().until(() -> stage().provider().asked(batch).size() >= atOnce(8));
      victim.kill();
    }
    Replica next = stage().start("a");

    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + 8);
  }

  @Test
  void after_the_answers_are_kept_nothing_is_asked_again() throws Exception {
    killed_when_answers_are_kept(Map.of(), Batch.of(20));
  }

  @Test
  @Tag("crash")
  void in_a_pack_after_the_answers_are_kept() throws Exception {
    killed_when_answers_are_kept(Map.of("BURNISH_PACK", "16"), Batch.of(40));
  }

  private void killed_when_answers_are_kept(Map<String, String> settings, Batch batch)
      throws Exception {
    Replica victim = stage().startTrusting("a", settings);
    stage().provider().answersTake(Duration.ofSeconds(2));

    String job = victim.post(batch);
    await().until(() -> flying(job) >= atOnce(batch.size()));
    int lost;
    try (Hold hold = hold(ITS_ITEMS.formatted(job))) {
      hold.untilBlocked(1);
      await().until(() -> kept(job) >= atOnce(batch.size()));
      victim.kill();
      stage().provider().untilQuiet();
      lost = unkept(batch, job);
    }
    Replica next = stage().start("a");

    assertThat(lost).isLessThanOrEqualTo(batch.size() - atOnce(batch.size()));
    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + lost);
  }

  @Test
  @Tag("crash")
  void inside_the_statement_that_completes() throws Exception {
    killed_while_waiting_for("LOCK TABLE item_result IN SHARE MODE");
  }

  @Test
  @Tag("crash")
  void between_completing_and_remembering() throws Exception {
    killed_while_waiting_for("LOCK TABLE enhancement IN SHARE MODE");
  }

  /** Whatever was paid for is kept by then: nothing is asked about twice. */
  private void killed_while_waiting_for(String lock) throws Exception {
    Replica victim = stage().startTrusting("a", Map.of());
    Batch batch = Batch.of(20);
    stage().provider().answersTake(Duration.ofMillis(500));

    String job = victim.post(batch);
    stage().provider().untilInFlight(1);
    try (Hold hold = hold(lock)) {
      hold.untilBlocked(1);
      await().until(() -> kept(job) >= atOnce(batch.size()));
      victim.kill();
    }
    stage().provider().untilQuiet();
    int lost = unkept(batch, job);
    Replica next = stage().start("a");

    assertThat(lost).isLessThanOrEqualTo(batch.size() - atOnce(batch.size()));
    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + lost);
  }

  @Test
  @Tag("crash")
  void after_the_commit_and_before_its_acknowledgement() throws Exception {
    try (Wire wire = new Wire(stage().database().port())) {
      Replica victim = stage().start("a", Map.of("QUARKUS_DATASOURCE_JDBC_URL", wire.url()));
      Batch batch = Batch.of(20);

      Trap trap = wire.loseAcknowledgement("DELETE FROM in_flight", Wire.Then.SILENT);
      String job = victim.post(batch);
      trap.untilLost();
      stage().provider().untilQuiet();
      victim.kill();
      Replica next = stage().start("a");

      Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + unkept(batch, job));
    }
  }

  /** Answers that came, and of which the ledger knows nothing. */
  private int unkept(Batch batch, String job) {
    return stage().provider().asked(batch).size() - kept(job);
  }

  @Test
  @Tag("crash")
  void during_intake_nothing_of_the_job_is_kept() throws Exception {
    Replica victim = stage().start("a");
    Batch batch = Batch.of(200);

    CompletableFuture<Http.Answer> posting;
    try (Hold hold = hold("LOCK TABLE item_payload IN SHARE MODE")) {
      posting = victim.postAside(batch);
      hold.untilBlocked(1);
      victim.kill();
    }
    Replica next = stage().start("a");
    String job = next.post(batch);

    assertThatThrownBy(posting::join).isInstanceOf(CompletionException.class);
    Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size());
    assertThat(number("SELECT count(*) FROM job WHERE total = 200 AND id <> ?", job)).isZero();
  }

  @Test
  @Tag("crash")
  void during_intake_after_the_commit_a_second_posting_costs_no_second_call() throws Exception {
    try (Wire wire = new Wire(stage().database().port())) {
      Replica victim = stage().start("a", Map.of("QUARKUS_DATASOURCE_JDBC_URL", wire.url()));
      Batch batch = Batch.of(20);

      Trap trap = wire.loseAcknowledgement("INSERT INTO item_payload", Wire.Then.SILENT);
      victim.postAside(batch);
      trap.untilLost();
      victim.kill();
      int before = stage().provider().asked(batch).size();
      Replica next = stage().start("a");
      String job = next.post(batch);

      assertThat(before).isLessThanOrEqualTo(batch.size());
      Invariants.isWhole(stage(), next, new Posted(batch, job), batch.size() + before);
    }
  }

  @Test
  @Tag("crash")
  void again_and_again_at_any_moment() throws Exception {
    Replica victim = stage().start("a", Map.of("BURNISH_CONCURRENCY", "4"));
    Batch batch = Batch.of(300);
    stage().provider().answersTake(Duration.ofMillis(150));

    String job = victim.post(batch);
    int lost = 0;
    for (int decided = 20; decided <= 220; decided += 50) {
      int enough = decided;
      await().atMost(Duration.ofMinutes(2)).until(() -> decided(job) >= enough);
      victim.kill();
      stage().provider().untilQuiet();
      lost += unkept(batch, job) - lost;
      victim = stage().start("a", Map.of("BURNISH_CONCURRENCY", "4"));
    }

    assertThat(lost).isLessThanOrEqualTo(5 * 4);
    Invariants.isWhole(stage(), victim, new Posted(batch, job), batch.size() + lost);
  }

  private Hold hold(String lock) throws Exception {
    return stage().database().hold(Environment.DATABASE, lock);
  }

  private long flying(String job) {
    return number(
        "SELECT count(*) FROM in_flight f JOIN item i ON i.id = f.item_id WHERE i.job_id = ?", job);
  }

  private long running(String job) {
    return number("SELECT count(*) FROM item WHERE job_id = ? AND state = 'running'", job);
  }

  private long decided(String job) {
    return number("SELECT count(*) FROM item WHERE job_id = ? AND state = 'succeeded'", job);
  }

  /** Records of the job in calls that the ledger knows to be answered. */
  private int kept(String job) {
    return (int)
        number(
            """
            SELECT count(*) FROM attempt a JOIN item i ON i.id = a.item_id JOIN provider_call c ON c.id = a.call_id
            WHERE i.job_id = ? AND c.raw_answer IS NOT NULL
            """,
            job);
  }

  private long number(String sql, String job) {
    return stage().database().number(Environment.DATABASE, sql, UUID.fromString(job));
  }
}
