package io.burnish.client;

import io.burnish.client.JobStatus.Counts;
import io.burnish.client.JobStatus.FileStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The jobs of a run: one, or several when there are more files than a job may have. Used by one
 * thread, but for what is told of them to a user who interrupts.
 */
final class PostedJobs {

  /** Files of a job at most: a service takes 1,000 parts (README, Limits); the terms are one. */
  static final int FILES_PER_JOB = 999;

  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls between two lines of progress where there is no terminal: 3 seconds. */
  private static final int POLLS_PER_LINE = 6;

  private final BurnishApi api;
  private final Console console;
  private final List<List<DataFile>> batches = new ArrayList<>();
  private final List<JobStatus> jobs = new ArrayList<>();
  private volatile String ids = "";
  private volatile String done = "";

  PostedJobs(BurnishApi api, Console console, List<DataFile> files) {
    this.api = api;
    this.console = console;
    for (int from = 0; from < files.size(); from += FILES_PER_JOB) {
      batches.add(files.subList(from, Math.min(from + FILES_PER_JOB, files.size())));
    }
  }

  /**
   * Posts the files; those of an interrupted run are its job.
   *
   * @throws ClientException when they can't be posted
   */
  void post(Settings settings, Resumption resumption) {
    try {
      postAll(settings, resumption);
    } catch (RefusedException e) {
      console.say(
          "The files or the options are not those of the interrupted run, so they are sent as a new job.");
      resumption.beginAnother();
      postAll(settings, resumption);
    } catch (ClientException e) {
      if (e.getCause() instanceof RefusedException && !resumption.isPosted()) {
        resumption.end();
      }
      throw e;
    }
  }

  private void postAll(Settings settings, Resumption resumption) {
    jobs.clear();
    for (int i = 0; i < batches.size(); i++) {
      JobStatus job = api.post(batches.get(i), settings, resumption.key(i + 1));
      resumption.posted(job.id());
      jobs.add(job);
      ids = jobs.stream().map(JobStatus::id).collect(Collectors.joining(", "));
    }
  }

  /** Shows the progress until no job has anything left to do. */
  void await(Waiting waiting) {
    Progress progress = new Progress(console, POLLS_PER_LINE);
    while (true) {
      Counts counts = counts();
      done = Progress.done(counts);
      if (jobs.stream().allMatch(JobStatus::isFinal)) {
        return;
      }
      progress.show(counts);
      waiting.forA(POLL);
      jobs.replaceAll(job -> job.isFinal() ? job : api.job(job.id()));
    }
  }

  private Counts counts() {
    return jobs.stream().map(JobStatus::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** What the service says of each job, in words. */
  List<String> summaries() {
    return jobs.stream().map(job -> api.summary(job.id())).toList();
  }

  /** Hands over each job with its files. */
  void forEach(BiConsumer<JobStatus, List<DataFile>> consumer) {
    for (int i = 0; i < jobs.size(); i++) {
      consumer.accept(jobs.get(i), batches.get(i));
    }
  }

  /**
   * Whether nothing failed. Records that were processed before do not count, if nothing else
   * failed.
   *
   * @param processedBefore how many of the failed records were
   */
  boolean isSuccess(int processedBefore) {
    boolean onlyBefore = processedBefore > 0 && processedBefore == counts().failed();
    return jobs.stream()
        .allMatch(
            job ->
                onlyBefore
                    ? job.state().equals("completed")
                        && job.files().stream().allMatch(FileStatus::isAccepted)
                    : job.isSuccess());
  }

  /** The ids of the jobs, for a sentence; empty before there is one. */
  String ids() {
    return ids;
  }

  /** How far they are, for a sentence. */
  String done() {
    return done;
  }
}
