package io.burnish.api.view;

import io.burnish.api.view.JobView.CountsView;
import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.queue.ItemStates;
import io.burnish.queue.item.FailureReason;
import io.burnish.record.Excerpt;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job as plain text, for a terminal. */
final class JobSummary {

  /** Lines of one kind; of more, the text has the number. */
  private static final int MAX_LINES = 100;

  private JobSummary() {}

  static String of(JobView job, List<FailureReason> reasons) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Job %s%s: %s\n"
            .formatted(
                job.id(), job.name() == null ? "" : " \"" + plain(job.name()) + '"', state(job)));
    if (job.provider().equals("simulated") && job.mode().equals("enhance")) {
      text.append("SIMULATED provider: the answers come from rules, not from a model\n");
    }
    CountsView counts = job.counts();
    text.append(
        "%d records: %d succeeded (%d reused), %d failed, %s%d to do\n"
            .formatted(
                counts.total(),
                counts.succeeded(),
                counts.reused(),
                counts.failed(),
                counts.cancelled() == 0 ? "" : counts.cancelled() + " cancelled, ",
                counts.pending() + counts.running()));
    lines(
        text,
        job.models().entrySet(),
        model ->
            "  model %s: %d calls, %d tokens, cost %s\n"
                .formatted(
                    plain(model.getKey()),
                    model.getValue().calls(),
                    model.getValue().promptTokens() + model.getValue().completionTokens(),
                    usd(model.getValue().cost())));
    text.append(cost(job.cost()));
    lines(text, job.files(), file -> "  file %s: %s\n".formatted(plain(file.name()), file(file)));
    lines(text, job.warnings(), warning -> "Warning: %s\n".formatted(plain(warning)));
    if (job.waitingFor() != null) {
      text.append(waiting(job.waitingFor()));
    }
    if (job.writeBack() != null) {
      text.append(writeBack(job.writeBack()));
    }
    if (!reasons.isEmpty()) {
      text.append(
          counts.failed() > ItemStates.FAILURES_COUNTED
              ? "Why records failed (the first %d of %d):\n"
                  .formatted(ItemStates.FAILURES_COUNTED, counts.failed())
              : "Why records failed:\n");
      lines(
          text,
          reasons,
          reason ->
              "  %d x %s, e.g. %s\n"
                  .formatted(reason.items(), reason.code(), plain(reason.example())));
    }
    return text.toString();
  }

  private static String waiting(WaitingFor wait) {
    return wait.until() == null
        ? "Waiting for %s: %s\n".formatted(wait.reason(), wait.detail())
        : "Waiting for %s until %s%s\n"
            .formatted(
                wait.reason(),
                wait.until(),
                wait.detail() == null ? "" : " (" + wait.detail() + ")");
  }

  private static String writeBack(WriteBackView writeBack) {
    return "Data directory %s: results are %s%s\n"
        .formatted(
            plain(writeBack.dataDir()),
            writeBack.state().equals("written") ? "written" : "not written yet",
            writeBack.error() == null ? "" : ", " + plain(writeBack.error()));
  }

  private static String cost(JobView.Cost cost) {
    return "Cost: %s so far, %s to come\n".formatted(usd(cost.spent()), usd(cost.toCome()));
  }

  private static String usd(@Nullable BigDecimal cost) {
    return cost == null ? "unknown" : "US$ " + cost.toPlainString();
  }

  /** The first {@value #MAX_LINES} elements, one line each, and the number of the others. */
  private static <T> void lines(StringBuilder text, Collection<T> all, Function<T, String> line) {
    all.stream().limit(MAX_LINES).map(line).forEach(text::append);
    if (all.size() > MAX_LINES) {
      text.append("  and %d more\n".formatted(all.size() - MAX_LINES));
    }
  }

  /** Text of a client, without line ends and control characters. */
  private static String plain(String text) {
    return Excerpt.of(text);
  }

  private static String state(JobView job) {
    return job.outcome() == null ? job.state() : job.state() + ", " + job.outcome();
  }

  private static String file(FileView file) {
    return file.error() == null
        ? "%d of %d succeeded, %d failed, cost %s"
            .formatted(
                file.counts().succeeded(),
                file.counts().total(),
                file.counts().failed(),
                usd(file.cost()))
        : "REJECTED, " + plain(file.error());
  }
}
