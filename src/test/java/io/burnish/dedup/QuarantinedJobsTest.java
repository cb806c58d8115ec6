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
import io.burnish.queue.Claimant;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
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
  @Inject WorkerRegistry registry;
  @Inject Jobs jobs;
  @Inject Sql sql;

  private final AtomicLong nanos = new AtomicLong();
  private QuarantinedJobs setAside;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.run(sql, "TRUNCATE job, worker, provider_call CASCADE");
    registry.heartbeat(new WorkerProcess(OURS.worker(), "here", 1));
    registry.heartbeat(new WorkerProcess(NEWER.worker(), "there", 2));
    setAside = new QuarantinedJobs(new JobSpecs(jobs), queue, nanos::get);
  }

  @Test
  void what_was_claimed_of_a_job_that_nobody_can_read_goes_back_and_the_rest_is_worked_on() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    UUID good = post();

    List<ClaimedItem> readable = look();

    assertThat(readable).extracting(ClaimedItem::jobId).containsExactly(good);
    assertThat(queue.running(strange)).isZero();
    assertThat(setAside.jobs()).containsExactly(strange);
    assertThat(look()).isEmpty();
    assertThat(queue.ready(OURS.passingOver(setAside.jobs()), 10)).isZero();
  }

  @Test
  void a_worker_that_can_read_it_takes_it_at_once_and_no_attempt_is_charged() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    look();

    List<ClaimedItem> taken = queue.claim(NEWER, 10, Long.MAX_VALUE);

    assertThat(taken).hasSize(3).allSatisfy(item -> assertThat(item.attempt()).isZero());
    assertThat(taken).extracting(ClaimedItem::jobId).containsOnly(strange);
  }

  @Test
  void it_is_looked_at_again_after_a_minute_and_told_in_the_log_once() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);

    try (LogLines log = LogLines.of(QuarantinedJobs.class)) {
      look();
      pass(Duration.ofSeconds(59));
      assertThat(setAside.jobs()).containsExactly(strange);
      pass(Duration.ofSeconds(1));
      assertThat(setAside.jobs()).isEmpty();
      assertThat(look()).isEmpty();
      assertThat(setAside.jobs()).containsExactly(strange);

      assertThat(log.records()).hasSize(1);
      assertThat(log.records().get(0).getThrown()).hasMessageContaining("BY_MOONLIGHT");
    }
  }

  @Test
  void once_it_can_be_read_it_is_worked_on() {
    UUID strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
    look();

    Statements.change(
        sql,
        "UPDATE job SET options = '{\"dedupe\":\"NONE\",\"retryFailed\":false,\"rulesOff\":[]}' WHERE id = ?",
        strange);
    pass(Duration.ofMinutes(1));

    assertThat(look()).hasSize(3);
    assertThat(setAside.jobs()).isEmpty();
  }

  @Test
  void options_that_lack_something_or_are_no_options_and_unknown_profiles_are_set_aside_too() {
    List<UUID> strange =
        List.of(
            JobsOfNewerVersion.store(sql, "discount", "{}", 1),
            JobsOfNewerVersion.store(sql, "discount", "null", 1),
            JobsOfNewerVersion.store(sql, "discount", "oops", 1),
            JobsOfNewerVersion.store(
                sql, "recipe", "{\"dedupe\":\"NONE\",\"retryFailed\":false,\"rulesOff\":[]}", 1));

    assertThat(look()).isEmpty();

    assertThat(setAside.jobs()).containsExactlyInAnyOrderElementsOf(strange);
    assertThat(Api.job(strange.get(3).toString()).getString("waitingFor.detail"))
        .contains("no profile \"recipe\"");
  }

  @Test
  void it_holds_up_nobody_of_the_same_content() {
    String records = Discounts.list(Discounts.readable("1"), Discounts.readable("2"));
    String strange = Api.post(records);
    List<ClaimedItem> flying = queue.takeOff(queue.claim(NEWER, 10, Long.MAX_VALUE));
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
    assertThat(queue.takeOff(claims)).extracting(ClaimedItem::seq).containsExactly(0);
  }

  @Test
  void its_owner_is_told_what_it_waits_for() {
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
    return setAside.readable(queue.claim(OURS.passingOver(setAside.jobs()), 10, Long.MAX_VALUE));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static UUID post() {
    return UUID.fromString(Api.post(Discounts.list(Discounts.readable("1"))));
  }
}
