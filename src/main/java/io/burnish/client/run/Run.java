package io.burnish.client.run;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.http.BurnishApi;
import io.burnish.client.http.Connection;
import io.burnish.client.http.TrustedCertificates;
import io.burnish.client.settings.ServiceAddress;
import io.burnish.client.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run: finds the files, posts them, waits for the jobs, writes the results. Used by one thread,
 * except {@link #interrupt}.
 */
public final class Run implements AutoCloseable {

  /** Exit status: everything succeeded. */
  public static final int SUCCEEDED = 0;

  /** Exit status: some records failed, or a file was rejected. */
  public static final int SOME_FAILED = 2;

  private static final int NAMES_SHOWN = 10;

  private final Settings settings;
  private final Map<String, String> environment;
  private final Console console;
  private final Sleeper sleeper;
  private volatile @Nullable LocalService local;
  private volatile @Nullable PostedJobs jobs;
  private volatile @Nullable BurnishApi current;

  /** {@code environment} is handed to a local service. */
  public Run(Settings settings, Map<String, String> environment, Console console, Sleeper sleeper) {
    this.settings = settings;
    this.environment = environment;
    this.console = console;
    this.sleeper = sleeper;
  }

  /**
   * Executes the run.
   *
   * @return the exit status
   * @throws ClientException if it can't continue
   */
  public int execute() {
    DataFiles files = DataFiles.below(settings);
    printLeftOut(files.leftOut());
    files.requireUsable(settings, console);
    RunFile file = new RunFile(settings.state());
    Resumption resumption = new Resumption(settings, file, console);
    BurnishApi api = connect(file, resumption);
    importState(api);
    console.say(
        "Sending %d files below %s to %s"
            .formatted(files.sent().size(), settings.data(), api.url()));
    PostedJobs posted = new PostedJobs(api, console, files.sent());
    if (settings.choices().dryRun()) {
      posted.estimate(settings);
      return SUCCEEDED;
    }
    jobs = posted;
    current = api;
    resumption.begin();
    posted.post(settings, resumption);
    if (!settings.choices().waits()) {
      console.say(
          "Posted as job %s. ./build.sh show ID shows it; the same command without --no-wait fetches the results."
              .formatted(posted.ids()));
      return SUCCEEDED;
    }
    posted.await(sleeper);
    int status = finish(api, posted);
    resumption.end();
    resumption.endOthers(api);
    return status;
  }

  private void printLeftOut(List<String> names) {
    if (!names.isEmpty()) {
      console.say(
          "Left out, because only *.json is sent: %s (%d in all)"
              .formatted(
                  String.join(" ", names.subList(0, Math.min(NAMES_SHOWN, names.size()))),
                  names.size()));
    }
  }

  private BurnishApi connect(RunFile file, Resumption resumption) {
    boolean reset = settings.reset() && !resumption.isPosted();
    ServiceAddress named = settings.service();
    ServiceAddress address = named == null ? startLocally(file, resumption, reset) : named;
    BurnishApi api =
        new BurnishApi(
            new Connection(
                address,
                TrustedCertificates.http(settings.caFile()),
                sleeper,
                console,
                () -> requireAlive()));
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
    return started.awaitReady(sleeper, console);
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

  private int finish(BurnishApi api, PostedJobs posted) {
    List<String> summaries = posted.summaries();
    Results results = new Results(api, console, settings.trackingState() != null);
    if (settings.enhance()) {
      posted.forEach(results::write);
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
    if (!posted.overBudget().isEmpty()) {
      console.say(
          "Job %s is paused by --max-cost, with the results so far. The same command with a higher one sends what is left."
              .formatted(posted.overBudget()));
    }
    if (settings.enhance()) {
      console.say("enhanced_*.json and failed_*.json are beside the files in " + settings.data());
    }
    return posted.isSuccess(before) ? SUCCEEDED : SOME_FAILED;
  }

  /** Tells what happens to the job, and stops the local service. No output follows. */
  public void interrupt() {
    PostedJobs posted = jobs;
    console.say("");
    if (posted == null || posted.ids().isEmpty()) {
      console.say("Interrupted. If the job was stored already, the next run goes on with it.");
    } else if (settings.choices().cancelsOnInterrupt()) {
      cancel(posted);
    } else if (local == null) {
      console.say(
          "Interrupted. The job %s is not cancelled: it goes on, and is paid for. The same command fetches its results; ./build.sh cancel %s cancels it."
              .formatted(posted.ids(), posted.ids().replace(", ", " ")));
    } else {
      console.say(
          "Interrupted: %s. The job %s is not cancelled: it stands still until the same command"
              .formatted(posted.done(), posted.ids()));
      console.say(
          "is run again, which finishes it and pays for what is left; what was answered is not paid for again.");
    }
    console.silence();
    close();
  }

  private void cancel(PostedJobs posted) {
    BurnishApi api = current;
    if (api == null) {
      return;
    }
    try {
      posted.cancel(api);
      console.say("Interrupted, and the job %s is cancelled.".formatted(posted.ids()));
    } catch (ClientException e) {
      console.say(
          "Interrupted. The job %s could not be cancelled: %s"
              .formatted(posted.ids(), e.getMessage()));
    }
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
