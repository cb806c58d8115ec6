package io.burnish.client;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.run.Run;
import io.burnish.client.settings.Options;
import io.burnish.client.settings.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The program behind {@code build.sh}. Exit status: 0 all succeeded, 1 could not run, 2 some
 * failed, 130 interrupted.
 */
public final class Client {

  private static final int COULD_NOT_RUN = 1;
  private static final int INTERRUPTED = 130;

  private final Map<String, String> environment;
  private final Path home;
  private final Console console;
  private final Sleeper sleeper;
  private volatile @Nullable Run run;

  Client(Map<String, String> environment, Path home, Console console, Sleeper sleeper) {
    this.environment = environment;
    this.home = home;
    this.console = console;
    this.sleeper = sleeper;
  }

  /**
   * Entry point. System properties: {@code burnish.home}, the repository; {@code burnish.terminal},
   * whether standard output is a terminal.
   */
  public static void main(String... args) {
    Client client =
        new Client(
            System.getenv(),
            Path.of(System.getProperty("burnish.home", ".")).toAbsolutePath().normalize(),
            new Console(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("burnish.terminal")),
            time -> Thread.sleep(time.toMillis()));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> client.onSignal(ended), "interrupt"));
    int status = client.run(args);
    ended.countDown();
    System.exit(status);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Handles Ctrl-C and SIGTERM; does nothing at the normal end of the program. */
  private void onSignal(CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return;
    }
    Run current = run;
    if (current != null) {
      current.interrupt();
    }
    Runtime.getRuntime().halt(INTERRUPTED);
  }

  /**
   * Runs one command.
   *
   * @return its exit status
   */
  int run(String... args) {
    Options options = new Options();
    CommandLine commandLine =
        new CommandLine(options).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true);
    try {
      commandLine.parseArgs(args);
    } catch (ParameterException e) {
      return misused(commandLine, args.length == 0 ? null : String.valueOf(e.getMessage()));
    }
    if (options.help) {
      console.sayAll(commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF));
      return Run.SUCCEEDED;
    }
    if (JobCommand.NAMES.contains(options.action)) {
      return reported(() -> new JobCommand(options, environment, console, sleeper).execute());
    }
    if (!options.action.equals("1") && !options.action.equals("2")) {
      return misused(commandLine, "there is no action %s".formatted(options.action));
    }
    return execute(options);
  }

  private int misused(CommandLine commandLine, @Nullable String error) {
    commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().forEach(console::error);
    if (error != null) {
      console.error("build.sh: " + error);
    }
    return COULD_NOT_RUN;
  }

  private int execute(Options options) {
    return reported(
        () -> {
          try (Run current =
              new Run(
                  Settings.of(options, environment, home),
                  environment,
                  console.forJson(options.json),
                  sleeper)) {
            run = current;
            return current.execute();
          }
        });
  }

  private int reported(IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (ClientException e) {
      String message = String.valueOf(e.getMessage());
      ("build.sh: " + message).lines().forEach(console::error);
      return COULD_NOT_RUN;
    }
  }
}
