package io.burnish.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own, for local runs: its data stay in a directory that only its owner
 * may enter, from run to run. It listens on the loopback address, and wants a password. One process
 * at a time may use a directory. What a killed process left running is stopped first, for two
 * servers on the same data would ruin them.
 */
final class EmbeddedPostgresql implements AutoCloseable, ServerWatch.Server {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String USER = Access.USER;
  private static final String GONE = "the server ended as soon as it had started";

  private final Path directory;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final EmbeddedPostgres server;
  private final String password;
  private final Path control;
  private volatile ProcessHandle postmaster;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private EmbeddedPostgresql(
      Path directory, FileChannel lockFile, FileLock lock, EmbeddedPostgres server, String password)
      throws IOException {
    this.password = password;
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
    this.server = server;
    this.postmaster = running(directory);
    this.control =
        Path.of(postmaster.info().command().orElseThrow(() -> new IOException(GONE)))
            .resolveSibling("pg_ctl");
  }

  private static ProcessHandle running(Path directory) throws IOException {
    return Postmaster.of(data(directory))
        .orElseThrow(() -> new IOException(reason(directory).orElse(GONE)))
        .process();
  }

  /**
   * Starts a server on the data of a directory; makes them, if there are none.
   *
   * @throws LocalStartException when it can't; the message says why and what to do
   */
  static EmbeddedPostgresql start(Path where) {
    requireBinaries();
    Path directory = where.toAbsolutePath();
    @Nullable FileChannel lockFile = null;
    try {
      OwnerOnly.directory(directory);
      OwnerOnly.directory(directory.resolve("server"));
      lockFile =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(lockFile, directory);
      Path data = data(directory);
      Files.writeString(log(directory), "");
      stopOrphan(data);
      Access access = Access.to(directory, data);
      EmbeddedPostgres server = start(directory, access);
      access.close(server);
      // The library opens it while it unpacks; the directory around it is shut all the time.
      OwnerOnly.directory(directory.resolve("server"));
      return new EmbeddedPostgresql(directory, lockFile, lock, server, access.password());
    } catch (IOException | IllegalStateException e) {
      close(lockFile);
      throw e instanceof LocalStartException known
          ? known
          : new LocalStartException(
              "PostgreSQL could not be started in %s: %s. If its data are of another major version or damaged, move the directory away; or set QUARKUS_DATASOURCE_JDBC_URL to use a server of yours."
                  .formatted(directory, reason(directory).orElse(String.valueOf(e.getMessage()))),
              e);
    }
  }

  private static EmbeddedPostgres start(Path directory, Access access) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.resolve("server").toFile())
            .setDataDirectory(data(directory))
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOutputRedirector(Redirect.appendTo(log(directory).toFile()))
            .setErrorRedirector(Redirect.appendTo(log(directory).toFile()))
            .setServerConfig("max_connections", "100")
            // The library starts servers for tests, which forget what they were told last.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(PATIENCE)
            .setConnectConfig("password", access.password());
    access.initialization().forEach(builder::setLocaleConfig);
    return builder.start();
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  /** What the server says, since it was started. */
  private static Path log(Path directory) {
    return directory.resolve("postgresql.log");
  }

  /** The last reason for which the server gave up. */
  private static Optional<String> reason(Path directory) {
    try (Stream<String> lines = Files.lines(log(directory))) {
      return lines
          .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
          .reduce((before, last) -> last);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks after the server from now on: starts it again when it ends by itself.
   *
   * @param messages takes what happened, as sentences
   * @param lost takes the reason, once, when there will be no database any more
   */
  void watch(Consumer<String> messages, Consumer<String> lost) {
    ServerWatch watch = new ServerWatch(this, messages, lost, System::nanoTime);
    Thread thread = new Thread(() -> watch.run(stopped), "postgresql-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean isAlive() {
    return postmaster.isAlive();
  }

  /** PostgreSQL does not run as root: for root, it is started as the library starts it. */
  @Override
  public void startAgain() throws IOException, InterruptedException {
    Postmaster.awaitNobodyIn(data(directory), PATIENCE);
    Files.writeString(log(directory), "");
    List<String> command =
        new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
    // On restart, pg_ctl takes program, port and settings from the last start (postmaster.opts).
    command.addAll(
        List.of(
            control.toString(),
            "-D",
            data(directory).toString(),
            "-w",
            "-t",
            Long.toString(PATIENCE.toSeconds()),
            "restart"));
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log(directory).toFile()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(
          reason(directory).orElse("pg_ctl ended with status %d".formatted(status)));
    }
    postmaster = running(directory);
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(data(directory)).getUsableSpace();
  }

  @Override
  public Optional<String> lastWords() {
    return reason(directory);
  }

  @Override
  public String place() {
    return directory.toString();
  }

  /** Where the server is. */
  String jdbcUrl() {
    return server.getJdbcUrl(USER, USER);
  }

  /** Whom to log in as. */
  String user() {
    return USER;
  }

  /** The password of that user. */
  String password() {
    return password;
  }

  private static void requireBinaries() {
    boolean present =
        Stream.of("linux-x86_64", "linux-arm_64", "darwin-arm_64")
            .anyMatch(
                platform ->
                    EmbeddedPostgresql.class.getResource("/postgres-" + platform + ".txz") != null);
    if (!present) {
      throw new LocalStartException(
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
    throw new LocalStartException(
        "Another Burnish is running on the data in %s. Stop it, or set BURNISH_DATABASE_DIRECTORY to another directory."
            .formatted(directory),
        null);
  }

  /**
   * Stops the server that an earlier run left on these data, and no other. A file that names
   * somebody else is removed, or PostgreSQL would take that process for its own and not start.
   */
  private static void stopOrphan(Path data) throws IOException {
    Optional<Postmaster> named = Postmaster.of(data);
    if (named.filter(Postmaster::worksOnData).isPresent()) {
      named.get().stop(PATIENCE);
    }
    if (Files.exists(data)) {
      Postmaster.awaitNobodyIn(data, PATIENCE);
    }
    Files.deleteIfExists(Postmaster.file(data));
  }

  @Override
  public void close() {
    stopped.countDown();
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
}
