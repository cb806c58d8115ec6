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
 * The PostgreSQL process that {@code postmaster.pid} in a data directory names. The file may be a
 * left-over, and its process id may belong to another program by now, even to another PostgreSQL.
 * Source: PostgreSQL manual, "Database File Layout", read 2026-11: process id, data directory,
 * start time in seconds since 1970, one a line.
 *
 * @param data the data directory
 * @param process that has the id
 * @param started what the file says of its start
 */
record Postmaster(Path data, ProcessHandle process, Instant started) {

  /** Clocks are set, and a start takes a while between its fork and its file. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private static final String FILE = "postmaster.pid";
  private static final int START_LINE = 2;

  /** The process that is named; empty when there is no such process, or no such file. */
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
      // Cut off by a crash or a full disk: it names nobody.
      return Optional.empty();
    }
  }

  static Path file(Path data) {
    return data.resolve(FILE);
  }

  /** Whether the process is a PostgreSQL server that works on this very data directory. */
  boolean worksOnData() {
    return isPostgres(process)
        && (worksIn(process, data) || (namesData(process.info()) && startedThen(process.info())));
  }

  private boolean startedThen(ProcessHandle.Info info) {
    return info.startInstant()
        .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.contains("postgres")).isPresent();
  }

  /** A server's working directory is its data directory; known on Linux, of own processes. */
  private static boolean worksIn(ProcessHandle process, Path data) {
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
   * Waits until no PostgreSQL process works in the directory: those of a killed server may outlive
   * it for a moment.
   *
   * @throws IOException when some still do after {@code atMost}
   */
  static void awaitNobodyIn(Path data, Duration atMost) throws IOException {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (isPostgres(process) && worksIn(process, data)) {
        awaitEnd(process, atMost);
      }
    }
  }

  /** SIGINT is PostgreSQL's fast shutdown: it ends sessions and keeps all that was committed. */
  void stop(Duration atMost) throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a PostgreSQL was being stopped", e);
    }
    awaitEnd(process, atMost);
  }

  private static void awaitEnd(ProcessHandle process, Duration atMost) throws IOException {
    try {
      process.onExit().get(atMost.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a PostgreSQL was being stopped", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "the PostgreSQL process %d of an earlier run does not stop".formatted(process.pid()), e);
    }
  }
}
