package io.burnish.client.run;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.http.BurnishApi;
import io.burnish.client.http.DataFile;
import io.burnish.client.http.JobStatus;
import io.burnish.client.http.JobStatus.Counts;
import io.burnish.client.http.JobStatus.FileStatus;
import io.burnish.client.http.RefusedException;
import io.burnish.client.settings.Settings;
import io.burnish.record.RecordJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The jobs of a run: one, or several if there are more files than a job may have. Used by one
 * thread, except {@link #ids} and {@link #done}.
 */
public final class PostedJobs {

  /**
   * Maximum files of a job: a service takes 1,000 parts (README, Limits), one of which holds the
   * options.
   */
  public static final int FILES_PER_JOB = 999;

  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls between two progress lines without a terminal: 3 seconds. */
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
   * Posts the files, or resumes the jobs of an interrupted run.
   *
   * @throws ClientException if they can't be posted
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

  /** Shows the progress until all jobs are final, or paused by their budget. */
  void await(Sleeper sleeper) {
    Progress progress = new Progress(console, POLLS_PER_LINE);
    while (true) {
      Counts counts = counts();
      done = Progress.done(counts);
      if (jobs.stream().allMatch(job -> job.isFinal() || job.isOverBudget())) {
        return;
      }
      progress.show(counts);
      sleeper.sleep(POLL);
      jobs.replaceAll(job -> job.isFinal() ? job : api.job(job.id()));
    }
  }

  /** Prints what the jobs would take. */
  void estimate(Settings settings) {
    for (List<DataFile> batch : batches) {
      String estimate = api.estimate(batch, settings);
      if (console.isJson()) {
        console.json(estimate);
      } else {
        console.sayAll(EstimateText.of(RecordJson.read(estimate)));
      }
    }
  }

  /** Cancels the jobs that are not finished. */
  void cancel(BurnishApi to) {
    jobs.stream().filter(job -> !job.isFinal()).forEach(job -> to.control(job.id(), "/cancel"));
  }

  private Counts counts() {
    return jobs.stream().map(JobStatus::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** The ids of the jobs that are paused by their budget, as text; empty: none is. */
  String overBudget() {
    return jobs.stream()
        .filter(JobStatus::isOverBudget)
        .map(JobStatus::id)
        .collect(Collectors.joining(", "));
  }

  /** The summary of each job as text. */
  List<String> summaries() {
    return jobs.stream().map(job -> api.summary(job.id())).toList();
  }

  /** Passes each job with its files. */
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

  /** The ids of the jobs as text; empty before the first. */
  String ids() {
    return ids;
  }

  /** The progress as text. */
  String done() {
    return done;
  }
}
