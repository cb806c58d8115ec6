package io.burnish.api;

import io.burnish.api.JobView.CountsView;
import io.burnish.queue.FailureReason;
import io.burnish.queue.ItemQueue;
import java.util.List;

/** A job in plain text, for a person at a terminal. */
final class JobSummary {

  private JobSummary() {}

  static String of(JobView job, List<FailureReason> reasons) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Job %s%s: %s\n"
            .formatted(job.id(), job.name() == null ? "" : " \"" + job.name() + '"', state(job)));
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
    job.models()
        .forEach(
            (model, share) ->
                text.append(
                    "  model %s: %d calls, %d tokens\n"
                        .formatted(
                            model,
                            share.calls(),
                            share.promptTokens() + share.completionTokens())));
    job.files().forEach(file -> text.append("  file %s: %s\n".formatted(file.name(), file(file))));
    job.warnings().forEach(warning -> text.append("Warning: %s\n".formatted(warning)));
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
      reasons.forEach(
          reason ->
              text.append(
                  "  %d x %s, e.g. %s\n"
                      .formatted(reason.items(), reason.code(), reason.example())));
    }
    return text.toString();
  }

  private static String state(JobView job) {
    return job.outcome() == null ? job.state() : job.state() + ", " + job.outcome();
  }

  private static String file(JobView.FileView file) {
    return file.error() == null
        ? "%d of %d succeeded, %d failed"
            .formatted(file.counts().succeeded(), file.counts().total(), file.counts().failed())
        : "REJECTED, " + file.error();
  }
}
