package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.NobodyWorks;
import io.burnish.job.Counts;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions;
import io.burnish.job.JobPriority;
import io.burnish.job.JobState;
import io.burnish.job.JobSubmission;
import io.burnish.job.Jobs;
import io.burnish.queue.Outcome.Enhanced;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted of jobs, files and models, whoever counts it at the same time. */
@QuarkusTest
@TestProfile(NobodyWorks.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CountersTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");

  @Inject ItemQueue queue;
  @Inject Jobs jobs;
  @Inject Sql sql;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    sql.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("TRUNCATE job, worker, provider_call CASCADE")) {
            return statement.execute();
          }
        });
    queue.beat(new WorkerProcess(WORKER.worker(), "here", 1));
  }

  @Test
  void what_comes_decided_counts_from_the_start_and_the_rest_ends_the_job() {
    Job job = submit(List.of(failed(0, 0), stored(1, 0), failed(2, 1), ready(3, 1)));
    Counts before = now(job).counts();

    ItemQueue.Completion last = queue.complete(List.of(enhanced(claim(1).get(0))));

    assertThat(job.counts()).isEqualTo(before);
    assertThat(before).isEqualTo(new Counts(4, 1, 2, 0, 0));
    assertThat(last.jobs().get(job.id()).doneBefore()).isEqualTo(3);
    assertThat(last.jobs().get(job.id()).finished()).isTrue();
    assertThat(now(job).counts()).isEqualTo(new Counts(4, 2, 2, 0, 0));
    assertThat(now(job).state()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.files(job.id()))
        .extracting(JobFile::counts)
        .containsExactly(new Counts(2, 1, 1, 0, 0), new Counts(2, 1, 1, 0, 0));
  }

  private Job submit(List<NewItem> items) {
    return jobs.submit(
        new JobSubmission(
            null,
            "discount",
            JobMode.ENHANCE,
            "simulated",
            JobPriority.NORMAL,
            JobOptions.DEFAULT,
            List.of(new JobSubmission.File("a", null), new JobSubmission.File("b", null)),
            items));
  }

  private Job now(Job job) {
    return jobs.find(job.id()).orElseThrow();
  }

  private List<ClaimedItem> claim(int limit) {
    return queue.claim(WORKER, limit);
  }

  private static NewItem ready(int seq, int file) {
    return NewItem.ready(seq, file, "{}", null, null);
  }

  private static NewItem failed(int seq, int file) {
    return NewItem.failed(seq, file, "{}", null, "empty", List.of("it is empty"));
  }

  private static NewItem stored(int seq, int file) {
    return new NewItem(seq, file, "{}", null, null, ItemState.SUCCEEDED, "{}", null, List.of());
  }

  private static Outcome enhanced(ClaimedItem item) {
    return Outcome.without(item, new Enhanced("{}", "m", false));
  }
}
