package io.burnish.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own, for local runs: its data stay in a directory, from run to run.
 * One process at a time may use a directory. What a killed process left running is stopped first,
 * for two servers on the same data would ruin them.
 */
public final class EmbeddedPostgresql implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String USER = "postgres";

  private final FileChannel lockFile;
  private final FileLock lock;
  private final EmbeddedPostgres server;

  private EmbeddedPostgresql(FileChannel lockFile, FileLock lock, EmbeddedPostgres server) {
    this.lockFile = lockFile;
    this.lock = lock;
    this.server = server;
  }

  /**
   * Starts a server on the data of a directory; makes them, if there are none.
   *
   * @throws CannotStartException when it can't; the message says why and what to do
   */
  public static EmbeddedPostgresql start(Path directory) {
    requireBinaries();
    @Nullable FileChannel lockFile = null;
    try {
      Files.createDirectories(directory);
      lockFile =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(lockFile, directory);
      Path data = directory.resolve("data");
      stopOrphan(data);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(directory.resolve("server").toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setServerConfig("max_connections", "100")
              // The library starts servers for tests, which forget what they were told last.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setPGStartupWait(PATIENCE)
              .start();
      return new EmbeddedPostgresql(lockFile, lock, server);
    } catch (IOException | IllegalStateException e) {
      close(lockFile);
      throw e instanceof CannotStartException known
          ? known
          : new CannotStartException(
              "PostgreSQL could not be started in %s: %s. If its data are of another major version or damaged, move the directory away; or set QUARKUS_DATASOURCE_JDBC_URL to use a server of yours."
                  .formatted(directory.toAbsolutePath(), e.getMessage()),
              e);
    }
  }

  /** Where the server is. */
  public String jdbcUrl() {
    return server.getJdbcUrl(USER, USER);
  }

  /** Whom to log in as; any password will do, from this machine. */
  public String user() {
    return USER;
  }

  private static void requireBinaries() {
    boolean present =
        Stream.of("linux-x86_64", "linux-arm_64", "darwin-arm_64")
            .anyMatch(
                platform ->
                    EmbeddedPostgresql.class.getResource("/postgres-" + platform + ".txz") != null);
    if (!present) {
      throw new CannotStartException(
          "This build carries no PostgreSQL. Set QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD to use a server of yours.",
          null);
    }
  }

  private static FileLock lock(FileChannel file, Path directory) throws IOException {
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer.
    }
    throw new CannotStartException(
        "Another Burnish is running on the data in %s. Stop it, or set BURNISH_DATABASE_DIRECTORY to another directory."
            .formatted(directory.toAbsolutePath()),
        null);
  }

  /** The first line of postmaster.pid names the process that has, or had, the data. */
  private static void stopOrphan(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> orphan =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (orphan.filter(EmbeddedPostgresql::isPostgres).isPresent()) {
      stop(orphan.get());
    }
    Files.deleteIfExists(pidFile);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().filter(command -> command.contains("postgres")).isPresent();
  }

  /** SIGINT is PostgreSQL's fast shutdown: it ends sessions and keeps all that was committed. */
  private static void stop(ProcessHandle orphan) throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(orphan.pid())).start().waitFor();
      orphan.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while an orphaned PostgreSQL was being stopped", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "the orphaned PostgreSQL with process id %d does not stop".formatted(orphan.pid()), e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be stopped", e);
    } finally {
      close(lockFile);
    }
  }

  private static void close(@Nullable FileChannel file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the lock file could not be closed", e);
    }
  }

  /** The server can't be started. The message says why, and what to do. */
  public static final class CannotStartException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
