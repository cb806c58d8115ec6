package io.burnish.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program as a process of its own, whose output goes to a file. */
final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** What the environment of the tests may say, and the program must not hear. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "GROQ_API_KEY",
          "BURNISH_PROVIDER",
          "BURNISH_URL",
          "BURNISH_AUTH",
          "BURNISH_ADMIN_KEY",
          "RESET_GROQ_TRACKING",
          "LOG_LEVEL",
          "DISCOUNT_DATA_DIR",
          "QUARKUS_DATASOURCE_JDBC_URL",
          "JAVA_TOOL_OPTIONS");

  private final Process process;
  private final Path output;
  private final Instant started = Instant.now();

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Program java(Path output, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    NOT_INHERITED.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return new Program(builder.start(), output);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** When it was started, by the clock of the tests. */
  Instant started() {
    return started;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first group of the first place in the output that fits; waits for it. */
  String says(Pattern pattern) {
    await("for %s in %s".formatted(pattern, output))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> said(pattern).isPresent() || !process.isAlive());
    return said(pattern).orElseThrow(() -> new AssertionError("the program ended: " + output()));
  }

  private Optional<String> said(Pattern pattern) {
    Matcher matcher = pattern.matcher(output());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Ends it at once: SIGKILL. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Asks it to end: SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Its exit status, once it has ended. */
  int ended() {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("the program does not end: " + output());
  }

  /** Takes it off the processor: SIGSTOP. */
  void freeze() {
    signal("-STOP");
  }

  /** Lets it go on where it was: SIGCONT. */
  void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill %s %d failed".formatted(name, pid()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
