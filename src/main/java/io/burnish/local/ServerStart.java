package io.burnish.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The start of an embedded server: stops what an earlier run left, creates the data if there are
 * none, and starts a server on them. Data are created in a directory of their own, which is renamed
 * when they are complete, so that a killed start leaves no incomplete data.
 */
final class ServerStart {

  private final ServerDirectory directory;
  private final Duration timeout;

  /**
   * @param timeout for each of: the end of an earlier server, the start of a new one
   */
  ServerStart(ServerDirectory directory, Duration timeout) {
    this.directory = directory;
    this.timeout = timeout;
  }

  /**
   * Starts the server.
   *
   * @throws IOException if the data can't be created, or the server does not start in time
   */
  EmbeddedPostgres run(Access access) throws IOException {
    deleteIncompleteData();
    if (!directory.hasData()) {
      createData(access);
    }
    EmbeddedPostgres server = start(directory.data(), access);
    access.requirePassword(server);
    return server;
  }

  /**
   * Stops the server that an earlier run left on the data, and no other. A stale file is removed,
   * because PostgreSQL would take the process that it names for a running server and not start.
   */
  void stopOrphan() throws IOException {
    stopOrphan(directory.data());
  }

  private void stopOrphan(Path data) throws IOException {
    Optional<Postmaster> orphan = Postmaster.of(data).filter(Postmaster::usesData);
    if (orphan.isPresent()) {
      orphan.get().stop(timeout);
    }
    if (Files.exists(data)) {
      Postmaster.awaitUnused(data, timeout);
    }
    Files.deleteIfExists(Postmaster.file(data));
  }

  private void deleteIncompleteData() throws IOException {
    for (Path incomplete : directory.incompleteData()) {
      stopOrphan(incomplete);
      directory.delete(incomplete);
    }
  }

  private void createData(Access access) throws IOException {
    Path incomplete = directory.newIncompleteData();
    start(incomplete, access).close();
    Files.move(incomplete, directory.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private EmbeddedPostgres start(Path data, Access access) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.binaries().toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOutputRedirector(Redirect.appendTo(directory.log().toFile()))
            .setErrorRedirector(Redirect.appendTo(directory.log().toFile()))
            .setServerConfig("max_connections", "100")
            // The library starts servers for tests, which may lose the last commits.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(timeout)
            .setConnectConfig("password", access.password());
    access.initialization().forEach(builder::setLocaleConfig);
    return builder.start();
  }
}
