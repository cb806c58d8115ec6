package io.burnish.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.api.view.FileView.FileCounts;
import io.burnish.api.view.JobView.Cost;
import io.burnish.api.view.JobView.CountsView;
import io.burnish.api.view.JobView.ModelShare;
import io.burnish.api.view.JobView.Tokens;
import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.queue.item.FailureReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobSummaryTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void a_job_is_described_line_by_line() {
    JobView job =
        job(
            "nightly",
            List.of(file("a.json", null), file("b.json", "line 1, column 2: a value is missing")),
            new WaitingFor("quota", NOON, "m: 30 requests a minute"));

    String text = JobSummary.of(job, List.of(new FailureReason("too_large", 2, "It is too long")));

    assertThat(text.lines())
        .containsExactly(
            "Job 00000000-0000-0000-0000-000000000000 \"nightly\": running",
            "SIMULATED provider: the answers come from rules, not from a model",
            "9 records: 5 succeeded (1 reused), 2 failed, 2 to do",
            "  model m: 3 calls, 30 tokens, cost US$ 0.000150",
            "Cost: US$ 0.000150 so far, unknown to come",
            "  file a.json: 1 of 2 succeeded, 1 failed, cost US$ 0.000100",
            "  file b.json: REJECTED, line 1, column 2: a value is missing",
            "Waiting for quota until 2026-11-26T12:00:00Z (m: 30 requests a minute)",
            "Why records failed:",
            "  2 x too_large, e.g. It is too long");
  }

  @Test
  void of_many_lines_the_first_are_shown_with_the_number_of_the_others() {
    List<FileView> files = IntStream.range(0, 10_000).mapToObj(i -> file("f" + i, null)).toList();
    List<FailureReason> reasons =
        IntStream.range(0, 250).mapToObj(i -> new FailureReason("c" + i, 1, "x")).toList();

    String text = JobSummary.of(job(null, files, null), reasons);

    assertThat(text).contains("  file f99:", "  and 9900 more\n", "  1 x c99,", "  and 150 more\n");
    assertThat(text).doesNotContain("f100:", "c100,");
  }

  @Test
  void names_of_clients_cannot_add_lines_or_control_characters() {
    String text =
        JobSummary.of(
            job("a\nJob x: completed", List.of(file("\u001b[2J", null)), null),
            List.of(new FailureReason("c", 1, "x".repeat(10_000) + "\r")));

    assertThat(text).doesNotContain("\u001b", "\r").contains("\"a\\nJob x: completed\"");
    assertThat(text.lines()).allMatch(line -> line.length() < 300);
  }

  private static FileView file(String name, @Nullable String error) {
    return new FileView(
        name,
        error == null ? "accepted" : "rejected",
        error,
        new FileCounts(2, 0, 1, 1, 0, 0),
        new Tokens(5, 5, 0),
        new BigDecimal("0.000100"),
        Map.of());
  }

  private static JobView job(
      @Nullable String name, List<FileView> files, @Nullable WaitingFor waitingFor) {
    return new JobView(
        new UUID(0, 0),
        name,
        "discount",
        "enhance",
        "simulated",
        "normal",
        "running",
        null,
        NOON,
        NOON,
        null,
        null,
        null,
        null,
        new JobView.Budget(null, null),
        0,
        1,
        Map.of(),
        null,
        null,
        new CountsView(9, 1, 1, 5, 2, 1, 0),
        0,
        0.7,
        null,
        null,
        new Tokens(20, 10, 0),
        new Cost(new BigDecimal("0.000150"), null, null),
        Map.of("m", new ModelShare(3, 5, 0, 20, 10, 0, new BigDecimal("0.000150"))),
        files,
        List.of(),
        waitingFor,
        Map.of());
  }
}
