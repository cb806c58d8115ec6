package io.burnish.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL process that {@code postmaster.pid} in a data directory names. The file may be
 * stale, and its process id may belong to another program, even to another PostgreSQL. Source:
 * PostgreSQL manual, "Database File Layout", read 2026-11: process id, data directory, start time
 * in seconds since 1970, one per line.
 *
 * @param data the data directory
 * @param process with this id
 * @param started start time according to the file
 */
record Postmaster(Path data, ProcessHandle process, Instant started) {

  /** The clock may be adjusted, and a server writes its file some time after the fork. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private static final String FILE = "postmaster.pid";
  private static final int START_LINE = 2;

  /** The process of the file; empty if there is no such process or file. */
  static Optional<Postmaster> of(Path data) throws IOException {
    if (!Files.exists(file(data))) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file(data));
    try {
      Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE).strip()));
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(ProcessHandle::isAlive)
          .map(process -> new Postmaster(data, process, started));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Truncated by a crash or a full disk.
      return Optional.empty();
    }
  }

  static Path file(Path data) {
    return data.resolve(FILE);
  }

  /** Whether the process is a PostgreSQL server on this data directory. */
  boolean usesData() {
    return isPostgres(process)
        && (runsIn(process, data)
            || (namesData(process.info()) && startedAtTheSameTime(process.info())));
  }

  private boolean startedAtTheSameTime(ProcessHandle.Info info) {
    return info.startInstant()
        .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.contains("postgres")).isPresent();
  }

  /** A server's working directory is its data directory; readable on Linux, for own processes. */
  private static boolean runsIn(ProcessHandle process, Path data) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), data);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean namesData(ProcessHandle.Info info) {
    List<String> arguments = info.arguments().map(Arrays::asList).orElse(List.of());
    int option = arguments.indexOf("-D");
    try {
      return option >= 0
          && option + 1 < arguments.size()
          && Path.of(arguments.get(option + 1)).isAbsolute()
          && Files.isSameFile(Path.of(arguments.get(option + 1)), data);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until no PostgreSQL process uses the directory: processes of a killed server may outlive
   * it briefly.
   *
   * @throws IOException if some still run after {@code timeout}
   */
  static void awaitUnused(Path data, Duration timeout) throws IOException {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (isPostgres(process) && runsIn(process, data)) {
        awaitEnd(process, timeout);
      }
    }
  }

  /**
   * Stops the server with SIGINT, PostgreSQL's fast shutdown: it ends sessions and keeps all
   * commits.
   */
  void stop(Duration timeout) throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for PostgreSQL to stop", e);
    }
    awaitEnd(process, timeout);
  }

  private static void awaitEnd(ProcessHandle process, Duration timeout) throws IOException {
    try {
      process.onExit().get(timeout.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for PostgreSQL to stop", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "PostgreSQL process %d of an earlier run did not stop".formatted(process.pid()), e);
    }
  }
}
