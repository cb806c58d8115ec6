package io.burnish.api;

import io.burnish.api.JobView.CountsView;
import io.burnish.queue.FailureReason;
import io.burnish.queue.ItemQueue;
import io.burnish.record.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A job in plain text, for a person at a terminal. */
final class JobSummary {

  /** Lines of one kind; of more, the number is told. */
  private static final int MOST = 100;

  private JobSummary() {}

  static String of(JobView job, List<FailureReason> reasons) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Job %s%s: %s\n"
            .formatted(
                job.id(), job.name() == null ? "" : " \"" + plain(job.name()) + '"', state(job)));
    if (job.provider().equals("simulated") && job.mode().equals("enhance")) {
      text.append("SIMULATED provider: the answers were read by rules, not by a model\n");
    }
    CountsView counts = job.counts();
    text.append(
        "%d records: %d succeeded (%d reused), %d failed, %d to do\n"
            .formatted(
                counts.total(),
                counts.succeeded(),
                counts.reused(),
                counts.failed(),
                counts.pending() + counts.running()));
    some(
        text,
        job.models().entrySet(),
        model ->
            "  model %s: %d calls, %d tokens\n"
                .formatted(
                    plain(model.getKey()),
                    model.getValue().calls(),
                    model.getValue().promptTokens() + model.getValue().completionTokens()));
    some(text, job.files(), file -> "  file %s: %s\n".formatted(plain(file.name()), file(file)));
    some(text, job.warnings(), warning -> "Warning: %s\n".formatted(plain(warning)));
    if (job.waitingFor() != null) {
      text.append(
          "Waiting for %s until %s%s\n"
              .formatted(
                  job.waitingFor().reason(),
                  job.waitingFor().until(),
                  job.waitingFor().detail() == null ? "" : " (" + job.waitingFor().detail() + ")"));
    }
    if (!reasons.isEmpty()) {
      text.append(
          counts.failed() > ItemQueue.FAILURES_COUNTED
              ? "Why records failed (the first %d of %d):\n"
                  .formatted(ItemQueue.FAILURES_COUNTED, counts.failed())
              : "Why records failed:\n");
      some(
          text,
          reasons,
          reason ->
              "  %d x %s, e.g. %s\n"
                  .formatted(reason.items(), reason.code(), plain(reason.example())));
    }
    return text.toString();
  }

  /** The first of many, a line each, and how many there are besides. */
  private static <T> void some(StringBuilder text, Collection<T> all, Function<T, String> line) {
    all.stream().limit(MOST).map(line).forEach(text::append);
    if (all.size() > MOST) {
      text.append("  and %d more\n".formatted(all.size() - MOST));
    }
  }

  /** A client's text must not write lines of its own, nor to the terminal. */
  private static String plain(String text) {
    return Excerpt.of(text);
  }

  private static String state(JobView job) {
    return job.outcome() == null ? job.state() : job.state() + ", " + job.outcome();
  }

  private static String file(JobView.FileView file) {
    return file.error() == null
        ? "%d of %d succeeded, %d failed"
            .formatted(file.counts().succeeded(), file.counts().total(), file.counts().failed())
        : "REJECTED, " + plain(file.error());
  }
}
