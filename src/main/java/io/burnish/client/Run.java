package io.burnish.client;

import io.burnish.client.JobStatus.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run: finds the files, posts them, waits for the jobs, writes the results. One thread does so;
 * {@link #interrupt} may be called by another.
 */
final class Run implements AutoCloseable {

  /** Exit status: everything succeeded. */
  static final int SUCCEEDED = 0;

  /** Exit status: some records failed, or a file was rejected. */
  static final int SOME_FAILED = 2;

  /** Files of a job at most: a service takes 1,000 parts (README, Limits); the terms are one. */
  static final int FILES_PER_JOB = 999;

  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls between two lines of progress where there is no terminal: 3 seconds. */
  private static final int POLLS_PER_LINE = 6;

  private static final int NAMES_SHOWN = 10;

  private final Settings settings;
  private final Map<String, String> environment;
  private final Console console;
  private final Waiting waiting;
  private final List<JobStatus> jobs = new ArrayList<>();
  private volatile @Nullable LocalService local;
  private volatile @Nullable String posted;
  private volatile String url = "";
  private volatile String done = "";

  Run(Settings settings, Map<String, String> environment, Console console, Waiting waiting) {
    this.settings = settings;
    this.environment = environment;
    this.console = console;
    this.waiting = waiting;
  }

  /**
   * Does all of it.
   *
   * @return the exit status
   * @throws ClientException when it can't go on
   */
  int execute() {
    DataFiles files = DataFiles.below(settings);
    tellLeftOut(files.leftOut());
    files.requireUsable(settings, console);
    RunFile file = new RunFile(settings.state());
    Resumption resumption = new Resumption(settings, file, console);
    BurnishApi api = connect(file, resumption);
    importState(api);
    console.say(
        "Sending %d files below %s to %s"
            .formatted(files.sent().size(), settings.data(), api.url()));
    resumption.begin();
    List<List<DataFile>> batches = batches(files.sent());
    post(api, resumption, batches);
    await(api);
    int status = finish(api, batches);
    resumption.end();
    resumption.endOthers(api);
    return status;
  }

  private void tellLeftOut(List<String> names) {
    if (!names.isEmpty()) {
      console.say(
          "Left out, because only *.json is sent: %s (%d in all)"
              .formatted(
                  String.join(" ", names.subList(0, Math.min(NAMES_SHOWN, names.size()))),
                  names.size()));
    }
  }

  private static List<List<DataFile>> batches(List<DataFile> files) {
    List<List<DataFile>> batches = new ArrayList<>();
    for (int from = 0; from < files.size(); from += FILES_PER_JOB) {
      batches.add(files.subList(from, Math.min(from + FILES_PER_JOB, files.size())));
    }
    return batches;
  }

  private BurnishApi connect(RunFile file, Resumption resumption) {
    boolean reset = settings.reset() && !resumption.isPosted();
    ServiceAddress named = settings.service();
    ServiceAddress address = named == null ? startLocally(file, resumption, reset) : named;
    url = address.url();
    BurnishApi api =
        new BurnishApi(
            new Connection(
                address, Trust.http(settings.caFile()), waiting, console, () -> requireAlive()));
    if (reset && named != null) {
      api.resetTracking();
    }
    return api;
  }

  private ServiceAddress startLocally(RunFile file, Resumption resumption, boolean reset) {
    if (settings.enhance() && LocalService.isSimulated(settings, environment)) {
      console.say(
          "*** SIMULATED PROVIDER: no model is asked. The answers are read by rules, for a trial only.");
      console.say("*** Set GROQ_API_KEY for real ones.");
    }
    resumption.claim();
    LocalService.stopOrphan(file, console);
    LocalService started = LocalService.start(settings, reset, environment, file);
    local = started;
    return started.awaitReady(waiting, console);
  }

  private void requireAlive() {
    LocalService service = local;
    if (service != null) {
      service.requireAlive();
    }
  }

  private void importState(BurnishApi api) {
    Path state = settings.trackingState();
    if (state != null) {
      api.importState(state);
      console.say("Took over %s: what it lists is not sent again".formatted(state));
    }
  }

  private void post(BurnishApi api, Resumption resumption, List<List<DataFile>> batches) {
    try {
      postAll(api, resumption, batches);
    } catch (RefusedException e) {
      console.say(
          "The files or the options are not those of the interrupted run, so they are sent as a new job.");
      jobs.clear();
      resumption.beginAnother();
      postAll(api, resumption, batches);
    } catch (ClientException e) {
      if (e.getCause() instanceof RefusedException && !resumption.isPosted()) {
        resumption.end();
      }
      throw e;
    }
  }

  private void postAll(BurnishApi api, Resumption resumption, List<List<DataFile>> batches) {
    for (int i = 0; i < batches.size(); i++) {
      JobStatus job = api.post(batches.get(i), settings, resumption.key(i + 1));
      jobs.add(job);
      resumption.posted(job.id());
      posted = posted == null ? job.id() : posted + ", " + job.id();
    }
  }

  private void await(BurnishApi api) {
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

  private int finish(BurnishApi api, List<List<DataFile>> batches) {
    List<String> summaries = jobs.stream().map(job -> api.summary(job.id())).toList();
    Results results = new Results(api, console, settings.trackingState() != null);
    for (int i = 0; settings.enhance() && i < batches.size(); i++) {
      results.write(jobs.get(i), batches.get(i));
    }
    Path export = settings.exportState();
    if (export != null) {
      results.exportState(export);
    }
    summaries.forEach(console::sayAll);
    int before = results.processedBefore();
    if (before > 0) {
      console.say(
          "%d of those that failed were not sent, because they were done before (--tracking-state)"
              .formatted(before));
    }
    if (settings.enhance()) {
      console.say("enhanced_*.json and failed_*.json are beside the files in " + settings.data());
    }
    return isSuccess(before) ? SUCCEEDED : SOME_FAILED;
  }

  /** Records that were processed before do not count as failed, if nothing else failed. */
  private boolean isSuccess(int processedBefore) {
    boolean onlyBefore = processedBefore > 0 && processedBefore == counts().failed();
    return jobs.stream()
        .allMatch(
            job ->
                onlyBefore
                    ? job.state().equals("completed")
                        && job.files().stream().allMatch(JobStatus.FileStatus::isAccepted)
                    : job.isSuccess());
  }

  /** Says what becomes of the job, and stops what was started. Nothing is said after it. */
  void interrupt() {
    LocalService service = local;
    String ids = posted;
    console.say("");
    if (ids == null) {
      console.say("Interrupted. If the job was stored already, the next run goes on with it.");
    } else if (service == null) {
      console.say(
          "Interrupted. The job %s is not cancelled: it goes on at %s, and is paid for. The same command fetches its results."
              .formatted(ids, url));
    } else {
      console.say(
          "Interrupted: %s. The job %s is not cancelled: it stands still until the same command"
              .formatted(done, ids));
      console.say(
          "is run again, which finishes it and pays for what is left; what was answered is not paid for again.");
    }
    console.silence();
    close();
  }

  /** Stops the local service, if one was started. */
  @Override
  public void close() {
    LocalService service = local;
    if (service != null) {
      service.close();
    }
  }
}
