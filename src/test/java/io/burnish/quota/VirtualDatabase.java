package io.burnish.quota;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A real PostgreSQL whose clock a test sets: a function of the same name is found before the
 * built-in one. One server for all tests of this room.
 */
final class VirtualDatabase {

  private static final EmbeddedPostgres SERVER = start();

  private VirtualDatabase() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        for (String migration :
            List.of(
                "V1__create_jobs_items_tracking_and_the_ledger_of_calls",
                "V2__reserve_quotas_in_one_row_a_model")) {
          statement.execute(resource("/db/migration/" + migration + ".sql"));
        }
        statement.execute(
            """
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
              SELECT timestamptz '2026-11-24 00:00:00Z'
                + COALESCE(NULLIF(current_setting('burnish.seconds', true), ''), '0')::double precision * interval '1 second'
            $$
            """);
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = VirtualDatabase.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A connection whose time is 0 seconds, and whose table of quotas is empty. */
  static Connection connect() throws SQLException {
    Connection connection = SERVER.getPostgresDatabase().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = public, pg_catalog");
      statement.execute("TRUNCATE model_quota");
      statement.execute(
          "UPDATE fixed_pacing SET next_at = clock_timestamp(), ended_at = clock_timestamp(), in_flight_until = NULL, last_model = NULL");
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
