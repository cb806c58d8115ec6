package io.burnish.job.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.fixtures.LogTexts;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import io.burnish.queue.item.FailureReason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** The line that an operator reads when a job ends. */
class JobLogTest {

  private static final UUID JOB = UUID.fromString("01a2197f-9df4-73ab-aedb-68068d332fc3");

  @Test
  void a_job_without_failures_ends_with_one_info_line() {
    assertThat(ended(new Counts(3, 3, 0, 1, 0), () -> List.of()))
        .containsExactly(
            "INFO Job "
                + JOB
                + " \"nightly\" is completed: 3 records, 3 succeeded (1 reused), 0 failed, 0 cancelled");
  }

  @Test
  void a_job_with_failures_ends_with_one_warning_that_counts_them_by_code() {
    assertThat(
            ended(
                new Counts(9, 4, 5, 0, 0),
                () ->
                    List.of(
                        new FailureReason("price_not_in_source", 4, "an example"),
                        new FailureReason("timed_out", 1, "another"))))
        .containsExactly(
            "WARN Job "
                + JOB
                + " \"nightly\" is completed with failures: 9 records, 4 succeeded (0 reused), 5 failed"
                + " (price_not_in_source 4, timed_out 1), 0 cancelled; GET /jobs/"
                + JOB
                + "/failures has each record and its reasons");
  }

  @Test
  void of_many_codes_the_most_frequent_are_named() {
    List<FailureReason> reasons =
        IntStream.range(0, 9).mapToObj(i -> new FailureReason("code_" + i, 9 - i, "e")).toList();

    assertThat(ended(new Counts(45, 0, 45, 0, 0), () -> reasons).get(0))
        .contains("45 failed (code_0 9, code_1 8, code_2 7, code_3 6, and other codes), ");
  }

  @Test
  void of_more_failures_than_are_counted_it_says_how_many_are_counted() {
    List<FailureReason> reasons = List.of(new FailureReason("timed_out", 10_000, "e"));

    assertThat(ended(new Counts(20_000, 0, 20_000, 0, 0), () -> reasons).get(0))
        .contains("20000 failed (of the first 10000: timed_out 10000), ");
  }

  @Test
  void the_line_is_logged_when_the_codes_can_not_be_read() {
    assertThat(
            ended(
                new Counts(1, 0, 1, 0, 0),
                () -> {
                  throw new IllegalStateException("the database is unavailable");
                }))
        .singleElement()
        .asString()
        .contains("1 failed (codes not read), ");
  }

  @Test
  void a_line_about_a_job_has_its_id_as_a_field() {
    try (LogTexts lines = LogTexts.of(JobLog.class, "%X{job}")) {
      MDC.put(JobLog.JOB_ID, "of the request");
      JobLog.ended(JOB, Optional.empty(), JobState.COMPLETED, new Counts(1, 1, 0, 0, 0), List::of);

      assertThat(lines.all()).containsExactly(JOB.toString());
      assertThat(MDC.get(JobLog.JOB_ID)).isEqualTo("of the request");
    } finally {
      MDC.remove(JobLog.JOB_ID);
    }
  }

  private static List<String> ended(Counts counts, Supplier<List<FailureReason>> reasons) {
    try (LogTexts lines = LogTexts.of(JobLog.class, "%p %s")) {
      JobLog.ended(JOB, Optional.of("nightly"), JobState.COMPLETED, counts, reasons);
      return lines.all().stream().filter(line -> !line.startsWith("DEBUG")).toList();
    }
  }
}
