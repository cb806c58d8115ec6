package io.burnish.client.run;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.http.Connection;
import io.burnish.client.run.RunFile.ServiceProcess;
import io.burnish.client.settings.ServiceAddress;
import io.burnish.client.settings.Settings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service on this machine for the duration of the run: on a free port, with the embedded
 * PostgreSQL. Any thread may stop it; otherwise one thread uses it.
 */
final class LocalService implements AutoCloseable {

  private static final String LOG = "burnish.log";
  private static final Pattern ADDRESS =
      Pattern.compile("Listening on: (http://[\\w.:\\[\\]-]+\\w)");

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /** Polls until the start counts as failed: a minute. */
  private static final int MAX_POLLS = 240;

  /** Longer than the service needs to drain and to stop its database. */
  private static final long STOP_SECONDS = 90;

  /** The start time of a process is rounded differently from call to call. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  private static final int LINES_SHOWN = 15;

  private final Process process;
  private final Path log;
  private final RunFile file;

  private LocalService(Process process, Path log, RunFile file) {
    this.process = process;
    this.log = log;
    this.file = file;
  }

  /**
   * Starts the service; it is ready after {@link #awaitReady}.
   *
   * @param reset whether it deletes all tracking at its start
   * @throws ClientException if it can't be started
   */
  static LocalService start(
      Settings settings, boolean reset, Map<String, String> environment, RunFile file) {
    Path log = settings.state().resolve(LOG);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                settings.home().resolve("target/quarkus-app/quarkus-run.jar").toString())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment);
    variables.putAll(
        Map.of(
            "BURNISH_DATABASE_DIRECTORY",
            settings.state().resolve("postgresql").toString(),
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            "0",
            "QUARKUS_MANAGEMENT_PORT",
            "0",
            "BURNISH_AUTH",
            "none",
            "LOG_LEVEL",
            settings.logLevel(),
            "RESET_GROQ_TRACKING",
            Boolean.toString(reset)));
    provider(settings, environment).ifPresent(name -> variables.put("BURNISH_PROVIDER", name));
    try {
      Process process = builder.start();
      LocalService service = new LocalService(process, log, file);
      file.update(content -> content.with(identity(process.toHandle())));
      return service;
    } catch (IOException e) {
      throw new ClientException(
          "the local Burnish could not be started: %s".formatted(e.getMessage()), e);
    }
  }

  /** {@code build.sh 1} calls no provider, so it needs no key. */
  private static Optional<String> provider(Settings settings, Map<String, String> environment) {
    Optional<String> named = Settings.variable(environment, "BURNISH_PROVIDER");
    boolean keyed = Settings.variable(environment, "GROQ_API_KEY").isPresent();
    return named.isPresent()
        ? named
        : Optional.of("simulated").filter(s -> !keyed || !settings.enhance());
  }

  /** Whether the offline provider answers instead of a model. */
  static boolean isSimulated(Settings settings, Map<String, String> environment) {
    return provider(settings, environment).filter("simulated"::equals).isPresent();
  }

  /** Stops the service that a killed client left. */
  static void stopOrphan(RunFile file, Console console) {
    ServiceProcess left = file.read().process();
    if (left == null) {
      return;
    }
    Optional<ProcessHandle> alive =
        ProcessHandle.of(left.pid())
            .filter(ProcessHandle::isAlive)
            .filter(handle -> isSame(identity(handle), left));
    alive.ifPresent(
        handle -> {
          console.say("An earlier run was killed; stopping its local Burnish first");
          end(handle);
        });
    file.update(content -> content.with((ServiceProcess) null));
  }

  private static boolean isSame(ServiceProcess one, ServiceProcess other) {
    return Math.abs(one.started() - other.started()) <= START_TOLERANCE_MILLIS;
  }

  private static ServiceProcess identity(ProcessHandle handle) {
    return new ServiceProcess(
        handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
  }

  private static void end(ProcessHandle handle) {
    handle.destroy();
    try {
      handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      handle.destroyForcibly();
    }
  }

  /**
   * The address of the service once it is ready.
   *
   * @throws ClientException if it ends, or is not ready within a minute
   */
  ServiceAddress awaitReady(Sleeper sleeper, Console console) {
    Connection connection = null;
    for (int i = 0; i < MAX_POLLS; i++) {
      requireAlive();
      Optional<ServiceAddress> address = address();
      if (address.isPresent()) {
        connection =
            connection == null
                ? new Connection(address.get(), HttpClient.newBuilder(), sleeper, console, () -> {})
                : connection;
        if (connection.isAnswered(connection.request("/q/health/ready").build())) {
          return address.get();
        }
      }
      sleeper.sleep(POLL_INTERVAL);
    }
    throw new ClientException(
        "the local Burnish did not get ready within a minute; see %s".formatted(log));
  }

  private Optional<ServiceAddress> address() {
    Matcher matcher = ADDRESS.matcher(logText());
    return matcher.find() ? Optional.of(ServiceAddress.of(matcher.group(1))) : Optional.empty();
  }

  /**
   * Checks that the service runs.
   *
   * @throws ClientException if it has ended
   */
  void requireAlive() {
    if (!process.isAlive()) {
      List<String> lines = logText().lines().toList();
      throw new ClientException(
          "the local Burnish has ended; the end of its log %s:\n%s"
              .formatted(
                  log,
                  String.join(
                      "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()))));
    }
  }

  private String logText() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Stops the service and waits until its database has stopped. */
  @Override
  public synchronized void close() {
    if (process.isAlive()) {
      end(process.toHandle());
    }
    file.update(content -> content.with((@Nullable ServiceProcess) null));
  }
}
