package io.burnish.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.dedup.JobSpecs;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.Scenario;
import io.burnish.job.JobCounters;
import io.burnish.job.stored.JobLog;
import io.burnish.queue.item.JobProgress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the log says of a job: that it was accepted, how far it is, how it ended. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ProgressLogTest {

  @Inject JobSpecs terms;
  @Inject JobCounters jobs;

  @Test
  void progress_is_a_line_every_few_records_and_at_most_one_a_second() {
    String id = Scenario.given(1).post().id();
    AtomicLong nanos = new AtomicLong();
    ProgressLog log = new ProgressLog(5, terms, jobs, nanos::get);

    try (LogLines lines = LogLines.of(ProgressLog.class)) {
      for (int done = 1; done <= 20; done++) {
        log.log(progress(id, done));
        nanos.addAndGet(100_000_000);
      }

      assertThat(lines.messages())
          .containsExactly(
              "Job " + id + ": 5 of 100 records done, 5 succeeded, 0 failed",
              "Job " + id + ": 15 of 100 records done, 15 succeeded, 0 failed");
    }
  }

  @Test
  void a_job_has_one_line_when_it_is_accepted_and_one_when_it_ends() {
    try (LogLines lines = LogLines.of(JobLog.class)) {
      String id = Scenario.given(2).ended().id();

      assertThat(lines.messages().stream().filter(text -> text.contains(id)))
          .containsExactlyInAnyOrder(
              "Job " + id + " is accepted: 2 records in 0 files, mode enhance",
              "Job "
                  + id
                  + " is completed: 2 records, 2 succeeded (0 reused), 0 failed, 0 cancelled");
    }
  }

  @Test
  void a_job_that_ends_at_intake_has_its_lines_too() {
    try (LogLines lines = LogLines.of(JobLog.class)) {
      String id = Scenario.given(Discounts.empty("1")).ended().id();

      assertThat(lines.messages().stream().filter(text -> text.contains(id)))
          .containsExactly(
              "Job " + id + " is accepted: 1 records in 0 files, mode enhance",
              "Job "
                  + id
                  + " is completed with failures: 1 records, 0 succeeded (0 reused), 1 failed"
                  + " (nothing_to_enhance 1), 0 cancelled; GET /jobs/"
                  + id
                  + "/failures has each record and its reasons");
    }
  }

  private static JobProgress progress(String id, int done) {
    return new JobProgress(UUID.fromString(id), 100, done, 0, 0, 0, done - 1, false, null);
  }
}
