package io.burnish.client;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.http.BurnishApi;
import io.burnish.client.http.Connection;
import io.burnish.client.http.JobStatus;
import io.burnish.client.http.TrustedCertificates;
import io.burnish.client.run.Run;
import io.burnish.client.settings.Options;
import io.burnish.client.settings.ServiceAddress;
import io.burnish.client.settings.Settings;
import java.util.Map;
import java.util.Set;

/**
 * A command about jobs of a running service: {@code list}, {@code show}, {@code cancel}, {@code
 * retry}.
 */
final class JobCommand {

  /** The commands; each but {@code list} has the id of a job. */
  static final Set<String> NAMES = Set.of("list", "show", "cancel", "retry");

  private final Options options;
  private final Map<String, String> environment;
  private final Console console;
  private final Sleeper sleeper;

  JobCommand(Options options, Map<String, String> environment, Console console, Sleeper sleeper) {
    this.options = options;
    this.environment = environment;
    this.console = console;
    this.sleeper = sleeper;
  }

  /**
   * Executes the command.
   *
   * @return the exit status: 0, or 2 when a job that is shown ended with failures
   * @throws ClientException if it can't be executed
   */
  int execute() {
    if (options.id.isEmpty() != options.action.equals("list")) {
      throw new ClientException(
          options.action.equals("list")
              ? "list has no id"
              : "%s needs the id of a job; ./build.sh list shows them".formatted(options.action));
    }
    BurnishApi api = api();
    switch (options.action) {
      case "list" -> list(api);
      case "cancel" -> changed(api, "/cancel", "is being cancelled; what was answered is kept");
      case "retry" -> changed(api, "/retry", "sends its failed records again");
      default -> {
        return show(api);
      }
    }
    return Run.SUCCEEDED;
  }

  private BurnishApi api() {
    ServiceAddress address =
        ServiceAddress.named(environment)
            .orElseThrow(
                () ->
                    new ClientException(
                        "%s speaks to a running service: set BURNISH_URL"
                            .formatted(options.action)));
    return new BurnishApi(
        new Connection(
            address,
            TrustedCertificates.http(Settings.caFile(options, environment)),
            sleeper,
            console,
            () -> {}));
  }

  private void list(BurnishApi api) {
    if (options.json) {
      console.json(api.text("/jobs", "application/json"));
      return;
    }
    for (JobStatus job : api.jobs()) {
      console.say(
          "%s  %-9s  %d of %d, %d failed  %s"
              .formatted(
                  job.id(),
                  job.state(),
                  job.counts().done(),
                  job.counts().total(),
                  job.counts().failed(),
                  job.name() == null ? "" : job.name()));
    }
  }

  private int show(BurnishApi api) {
    String path = "/jobs/" + JobStatus.checkedId(options.id);
    JobStatus job = api.job(options.id);
    if (options.json) {
      console.json(api.text(path, "application/json"));
    } else {
      console.sayAll(api.text(path, "text/plain"));
    }
    return job.isFinal() && !job.isSuccess() ? Run.SOME_FAILED : Run.SUCCEEDED;
  }

  private void changed(BurnishApi api, String verb, String what) {
    String body = api.control(JobStatus.checkedId(options.id), verb);
    if (options.json) {
      console.json(body);
    } else {
      console.say("Job %s %s".formatted(options.id, what));
    }
  }
}
