package io.burnish.dedup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.JobsOfNewerVersion;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.Jobs;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.ItemStates;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of another version, without a worker. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class QuarantinedJobsTest {

  private static final Claimant OURS = new Claimant(UUID.randomUUID(), "simulated");
  private static final Claimant NEWER = new Claimant(UUID.randomUUID(), "simulated");

  @Inject ItemQueue queue;
  @Inject ItemStates states;
  @Inject WorkerRegistry registry;
  @Inject Jobs jobs;
  @Inject Sql sql;

  private final AtomicLong nanos = new AtomicLong();
  private QuarantinedJobs quarantine;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.empty(sql, "job, worker, provider_call");
    registry.heartbeat(new WorkerProcess(OURS.worker(), "here", 1));
    registry.heartbeat(new WorkerProcess(NEWER.worker(), "there", 2));
    quarantine = new QuarantinedJobs(new JobSpecs(jobs), queue, nanos::get);
  }

  @Test
  void claims_of_an_unreadable_job_are_released_and_others_are_readable() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    UUID good = post();

    List<ClaimedItem> readable = look();

    assertThat(readable).extracting(ClaimedItem::jobId).containsExactly(good);
    assertThat(states.count(strange).running()).isZero();
    assertThat(quarantine.jobs()).containsExactly(strange);
    assertThat(look()).isEmpty();
    assertThat(queue.countReady(OURS.excluding(quarantine.jobs()), 10)).isZero();
  }

  @Test
  void a_worker_that_can_read_the_job_claims_it_at_once_and_no_attempt_is_charged() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    look();

    List<ClaimedItem> taken = queue.claim(NEWER, 10, Long.MAX_VALUE);

    assertThat(taken).hasSize(3).allSatisfy(item -> assertThat(item.attempt()).isZero());
    assertThat(taken).extracting(ClaimedItem::jobId).containsOnly(strange);
  }

  @Test
  void an_unreadable_job_is_retried_after_a_minute_and_logged_once() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);

    try (LogLines log = LogLines.of(QuarantinedJobs.class)) {
      look();
      pass(Duration.ofSeconds(59));
      assertThat(quarantine.jobs()).containsExactly(strange);
      pass(Duration.ofSeconds(1));
      assertThat(quarantine.jobs()).isEmpty();
      assertThat(look()).isEmpty();
      assertThat(quarantine.jobs()).containsExactly(strange);

      assertThat(log.records()).hasSize(1);
      assertThat(log.records().get(0).getThrown()).hasMessageContaining("BY_MOONLIGHT");
    }
  }

  @Test
  void a_job_that_was_repaired_leaves_the_quarantine() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    look();

    Statements.change(
        sql,
        "UPDATE job SET options = '{\"dedupe\":\"NONE\",\"retryFailed\":false,\"rulesOff\":[]}' WHERE id = ?",
        strange);
    pass(Duration.ofMinutes(1));

    assertThat(look()).hasSize(3);
    assertThat(quarantine.jobs()).isEmpty();
  }

  @Test
  void incomplete_options_and_unknown_profiles_are_quarantined_too() {
    List<UUID> strange =
        List.of(
            JobsOfNewerVersion.store(sql, "discount", "{}", 1),
            JobsOfNewerVersion.store(sql, "discount", "null", 1),
            JobsOfNewerVersion.store(sql, "discount", "oops", 1),
            JobsOfNewerVersion.store(
                sql, "recipe", "{\"dedupe\":\"NONE\",\"retryFailed\":false,\"rulesOff\":[]}", 1));

    assertThat(look()).isEmpty();

    assertThat(quarantine.jobs()).containsExactlyInAnyOrderElementsOf(strange);
    assertThat(Api.job(strange.get(3).toString()).getString("waitingFor.detail"))
        .contains("no profile \"recipe\"");
  }

  @Test
  void records_of_the_same_content_in_other_jobs_are_not_blocked() {
    String records = Discounts.list(Discounts.readable("1"), Discounts.readable("2"));
    String strange = Api.post(records);
    List<ClaimedItem> flying = queue.acquireSingleFlight(queue.claim(NEWER, 10, Long.MAX_VALUE));
    assertThat(flying).hasSize(2);
    queue.release(flying.subList(0, 1));
    Statements.change(
        sql,
        "UPDATE job SET options = '%s' WHERE id = ?".formatted(JobsOfNewerVersion.OPTIONS),
        UUID.fromString(strange));

    look();

    String other = Api.post(records);
    List<ClaimedItem> claims = look();
    assertThat(claims).hasSize(2);
    assertThat(claims).extracting(item -> item.jobId().toString()).containsOnly(other);
    assertThat(queue.acquireSingleFlight(claims)).extracting(ClaimedItem::seq).containsExactly(0);
  }

  @Test
  void the_job_view_says_what_the_job_waits_for() {
    String strange =
        JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3).toString();

    JsonPath job = Api.job(strange);

    assertThat(job.getString("state")).isEqualTo("queued");
    assertThat(job.getInt("counts.pending")).isEqualTo(3);
    assertThat(job.getString("waitingFor.reason")).isEqualTo("outage");
    assertThat(job.getString("waitingFor.detail"))
        .contains("BY_MOONLIGHT", "unharmed", "a version is running that can read it");
    assertThat(given().accept("text/plain").get("/jobs/" + strange).asString())
        .contains("BY_MOONLIGHT");
  }

  private List<ClaimedItem> look() {
    return quarantine.readable(queue.claim(OURS.excluding(quarantine.jobs()), 10, Long.MAX_VALUE));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static UUID post() {
    return UUID.fromString(Api.post(Discounts.list(Discounts.readable("1"))));
  }
}
