package io.burnish.quota;

import io.burnish.database.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real PostgreSQL whose clock a test sets: a function of the same name is found before the
 * built-in one. One database for all tests of this room.
 */
public final class VirtualDatabase {

  private static final String DATABASE = create();

  private VirtualDatabase() {}

  private static String create() {
    try {
      String database = TestDatabases.create();
      try (Connection connection = TestDatabases.connect(database);
          Statement statement = connection.createStatement()) {
        for (Path migration : migrations()) {
          statement.execute(Files.readString(migration));
        }
        statement.execute(
            """
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
              SELECT timestamptz '2026-11-24 00:00:00Z'
                + COALESCE(NULLIF(current_setting('burnish.seconds', true), ''), '0')::double precision * interval '1 second'
            $$
            """);
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All of them, in their order. */
  private static List<Path> migrations() throws IOException {
    Path directory;
    try {
      directory =
          Path.of(
              Objects.requireNonNull(VirtualDatabase.class.getResource("/db/migration")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted(Comparator.comparingInt(VirtualDatabase::version)).toList();
    }
  }

  private static int version(Path migration) {
    return Integer.parseInt(migration.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"));
  }

  /** A connection whose time is 0 seconds, and whose table of quotas is empty. */
  public static Connection connect() throws SQLException {
    Connection connection = TestDatabases.connect(DATABASE);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = public, pg_catalog");
      statement.execute("TRUNCATE model_quota");
      statement.execute(
          "UPDATE fixed_pacing SET next_at = clock_timestamp(), ended_at = clock_timestamp(), in_flight_until = NULL, last_model = NULL, holder = NULL, call_no = 0");
    }
    return connection;
  }

  /** Another connection whose time is 0 seconds; the table is as it is. */
  static Connection another() throws SQLException {
    Connection connection = TestDatabases.connect(DATABASE);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = public, pg_catalog");
    }
    return connection;
  }

  /** Sets the time of a connection. */
  static void at(Connection connection, double seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET burnish.seconds = '" + seconds + "'");
    }
  }
}
