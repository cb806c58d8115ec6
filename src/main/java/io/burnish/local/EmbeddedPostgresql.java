package io.burnish.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server for local runs, whose data stay in a {@link ServerDirectory} from run to run.
 * It listens on the loopback address and requires a password. A server that a killed process left
 * is stopped first, because two servers on the same data would corrupt them.
 */
final class EmbeddedPostgresql implements AutoCloseable, ServerWatch.Server {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String USER = Access.USER;

  private final ServerDirectory directory;
  private final EmbeddedPostgres server;
  private final String password;
  private final Path pgCtl;
  private volatile ProcessHandle process;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private EmbeddedPostgresql(ServerDirectory directory, EmbeddedPostgres server, String password)
      throws IOException {
    this.directory = directory;
    this.server = server;
    this.password = password;
    this.process = directory.process();
    this.pgCtl =
        Path.of(
                process
                    .info()
                    .command()
                    .orElseThrow(() -> new IOException("the server has no command")))
            .resolveSibling("pg_ctl");
  }

  /**
   * Starts a server on the data of a directory, and creates them if there are none.
   *
   * @throws LocalStartException if it can't be started; the message says why and what to do
   */
  static EmbeddedPostgresql start(Path location) {
    requireBinaries();
    Path root = location.toAbsolutePath();
    @Nullable ServerDirectory directory = null;
    try {
      directory = ServerDirectory.open(root);
      directory.clearLog();
      ServerStart start = new ServerStart(directory, TIMEOUT);
      start.stopOrphan();
      Access access = Access.to(root, directory.data());
      EmbeddedPostgres server = start.run(access);
      directory.closeBinaries();
      return new EmbeddedPostgresql(directory, server, access.password());
    } catch (IOException | IllegalStateException e) {
      Optional<String> reason = directory == null ? Optional.empty() : directory.lastError();
      if (directory != null) {
        directory.close();
      }
      throw e instanceof LocalStartException explained
          ? explained
          : new LocalStartException(
              "Cannot start PostgreSQL in %s: %s. If its data are of another major version or damaged, move the directory away; or set QUARKUS_DATASOURCE_JDBC_URL to use another server."
                  .formatted(root, reason.orElse(String.valueOf(e.getMessage()))),
              e);
    }
  }

  /**
   * Restarts the server from now on when it ends unexpectedly.
   *
   * @param messages receives a sentence per event
   * @param lost receives the reason, once, when the server can't be restarted
   */
  void watch(Consumer<String> messages, Consumer<String> lost) {
    ServerWatch watch = new ServerWatch(this, messages, lost, System::nanoTime);
    Thread thread = new Thread(() -> watch.run(stopped), "postgresql-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Restarts the server. PostgreSQL does not run as root; for root it is started as the library
   * does it.
   */
  @Override
  public void restart() throws IOException, InterruptedException {
    Postmaster.awaitUnused(directory.data(), TIMEOUT);
    directory.clearLog();
    List<String> command =
        new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
    // On restart, pg_ctl takes program, port and settings from the last start (postmaster.opts).
    command.addAll(
        List.of(
            pgCtl.toString(),
            "-D",
            directory.data().toString(),
            "-w",
            "-t",
            Long.toString(TIMEOUT.toSeconds()),
            "restart"));
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(directory.log().toFile()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(
          directory.lastError().orElse("pg_ctl ended with status %d".formatted(status)));
    }
    process = directory.process();
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(directory.data()).getUsableSpace();
  }

  @Override
  public Optional<String> lastError() {
    return directory.lastError();
  }

  @Override
  public String directory() {
    return directory.root().toString();
  }

  /** The JDBC URL of the server. */
  String jdbcUrl() {
    return server.getJdbcUrl(USER, USER);
  }

  /** The user to log in as. */
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
          "This build contains no PostgreSQL. Set QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD to use another server.",
          null);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL", e);
    } finally {
      directory.close();
    }
  }
}
