package io.burnish.crash;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server that can be killed and started again on the same data and port. What it has
 * acknowledged survives the end of its processes: commits wait for the log to be handed to the
 * operating system.
 */
final class Database implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private EmbeddedPostgres server;

  private Database(Path directory, EmbeddedPostgres server) {
    this.directory = directory;
    this.server = server;
  }

  static Database start(Path directory) throws IOException {
    return new Database(directory, server(directory, 0));
  }

  private static EmbeddedPostgres server(Path directory, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .setPGStartupWait(PATIENCE);
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }

  int port() {
    return server.getPort();
  }

  /** Where the service finds it, when it listens at this port. */
  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** By which sessions of the test are told from those of the service. */
  private static final String TEST = "crash-suite";

  /** A connection of the test's own. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(port(), database) + "?ApplicationName=" + TEST, "postgres", "postgres");
  }

  /** An empty database of this name. */
  void create(String name) throws SQLException {
    run("postgres", "CREATE DATABASE " + name);
  }

  void run(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one number that a query has. */
  long number(String database, String sql, Object... values) {
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of every row of a query about one value. */
  List<String> texts(String database, String sql, Object value) {
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
        return texts;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Takes a lock, and keeps it until it is let go. */
  Hold hold(String database, String lock) throws SQLException {
    Connection connection = connect(database);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
      try (ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
        pid.next();
        return new Hold(this, connection, pid.getInt(1));
      }
    }
  }

  /** Ends the sessions that wait for a lock: a statement of a killed process would go on. */
  void endBlocked(Hold hold) {
    String blocked = "FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))";
    number("postgres", "SELECT count(pg_terminate_backend(pid)) " + blocked, hold.pid());
    await()
        .atMost(PATIENCE)
        .until(() -> number("postgres", "SELECT count(*) " + blocked, hold.pid()) == 0);
  }

  /**
   * A lock of the test's own, by which the service is kept at an exact place.
   *
   * @param pid of the session that has it
   */
  record Hold(Database database, Connection connection, int pid) implements AutoCloseable {

    /** Waits until so many sessions wait for this lock, or for one that waits for it. */
    Hold untilBlocked(int sessions) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  database.number(
                          "postgres",
                          "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))",
                          pid)
                      >= sessions);
      return this;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** Ends every process of the server, without a word to anybody. */
  void kill() throws IOException {
    ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
    List<ProcessHandle> sessions = postmaster.children().toList();
    postmaster.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    await()
        .atMost(PATIENCE)
        .until(() -> !postmaster.isAlive() && sessions.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Starts it again on its data, at its port. */
  void startAgain() throws IOException {
    int port = port();
    server.close();
    Files.deleteIfExists(directory.resolve("postmaster.pid"));
    server = server(directory, port);
  }

  /** The first line of postmaster.pid names the process. */
  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
