package io.burnish.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Empty databases for tests, on one PostgreSQL server for all tests of a process: it starts with
 * the first database and ends with the process. The user is {@code postgres}, without a password.
 */
public final class TestDatabases {

  private TestDatabases() {}

  /** Creates a database. Returns its name. */
  public static String create() {
    String name = "tests_" + UUID.randomUUID().toString().replace("-", "");
    call("run", "CREATE DATABASE " + name);
    return name;
  }

  /** Removes a database, and ends the sessions in it. */
  public static void drop(String name) {
    call("run", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  /** The JDBC URL of a database, with the user in it. */
  public static String url(String name) {
    return call("url", name);
  }

  /** A connection to a database. */
  public static Connection connect(String name) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url(name));
    return source.getConnection();
  }

  /**
   * Calls the one {@link Server} of the process. Quarkus loads test classes again at each of its
   * starts; the system's class loader keeps its own.
   */
  private static String call(String method, String argument) {
    try {
      return (String)
          ClassLoader.getSystemClassLoader()
              .loadClass(Server.class.getName())
              .getMethod(method, String.class)
              .invoke(null, argument);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("PostgreSQL for the tests: " + argument, e);
    }
  }

  /** The server of the class loader that loads this. */
  public static final class Server {

    private static @Nullable EmbeddedPostgres server;

    private Server() {}

    private static synchronized EmbeddedPostgres started() {
      try {
        if (server == null) {
          server =
              EmbeddedPostgres.builder()
                  .setServerConfig("fsync", "off")
                  .setServerConfig("max_connections", "150")
                  .start();
        }
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL for the tests could not be started", e);
      }
    }

    /** Runs a statement in the server's own database. Returns the statement. */
    public static String run(String sql) throws SQLException {
      try (Connection connection = started().getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return sql;
      }
    }

    /** The JDBC URL of a database of this server. */
    public static String url(String name) {
      return started().getJdbcUrl("postgres", name);
    }
  }
}
