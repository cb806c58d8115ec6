package io.burnish.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the database before the application starts: waits for one that is unavailable, and refuses
 * one that can't be used. Opens one connection of its own and changes nothing.
 */
public final class StartupCheck {

  /** PostgreSQL 14, as {@code server_version_num} counts. */
  private static final int OLDEST_VERSION = 140_000;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(5);

  private static final String QUERY =
      "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
          + "current_setting('server_encoding'), current_setting('transaction_read_only') = 'on', "
          + "current_database(), current_schema()";

  private final Login login;
  private final @Nullable Path directory;
  private final Consumer<String> warnings;
  private final Clock clock;

  /**
   * @param login of the database to check
   * @param warnings takes a line every few seconds while the database is unavailable
   */
  public StartupCheck(Login login, Consumer<String> warnings) {
    this(login, null, warnings, new Clock(System::nanoTime, StartupCheck::sleep));
  }

  StartupCheck(Login login, @Nullable Path directory, Consumer<String> warnings, Clock clock) {
    this.login = login;
    this.directory = directory;
    this.warnings = warnings;
    this.clock = clock;
  }

  /** A check of the embedded server; its messages name the data directory. */
  public static StartupCheck ofEmbedded(Login login, Path directory, Consumer<String> warnings) {
    return new StartupCheck(
        login, directory, warnings, new Clock(System::nanoTime, StartupCheck::sleep));
  }

  /** The time and the sleep of a check; a test sets its own. */
  record Clock(LongSupplier nanos, Consumer<Duration> sleep) {}

  /**
   * Returns once the database answers and takes writes.
   *
   * @param timeout how long to wait for a database that is unavailable
   * @throws CannotStartException on timeout; or when the database refuses the login, is older than
   *     PostgreSQL 14, has another encoding than UTF-8, or holds tables of an unreleased version of
   *     Burnish
   */
  public void awaitUsable(Duration timeout) {
    long start = clock.nanos().getAsLong();
    long nextMessage = start;
    while (true) {
      String reason = reasonToWait();
      if (reason.isEmpty()) {
        if (nextMessage > start) {
          warnings.accept("The database at %s answers now".formatted(login.place()));
        }
        return;
      }
      long now = clock.nanos().getAsLong();
      Duration left = timeout.minusNanos(now - start);
      if (left.isZero() || left.isNegative()) {
        throw new CannotStartException(
            "The database at %s was still unavailable after %d s (burnish.database.wait-at-start): %s"
                .formatted(login.place(), timeout.toSeconds(), reason),
            null);
      }
      if (now - nextMessage >= 0) {
        nextMessage = now + BETWEEN_MESSAGES.toNanos();
        warnings.accept(
            "The database at %s is unavailable: %s. Retry every second for %d s more (burnish.database.wait-at-start)"
                .formatted(login.place(), reason, Math.max(1, left.toSeconds())));
      }
      clock.sleep().accept(left.compareTo(BETWEEN_TRIES) < 0 ? left : BETWEEN_TRIES);
    }
  }

  /** Why the database can't be used yet; empty when it can. */
  private String reasonToWait() {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      refuseOldServer(row.getInt(1), row.getString(2));
      refuseOtherEncoding(row.getString(3), row.getString(5));
      if (UnreleasedSchema.isIn(connection)) {
        throw new CannotStartException(unreleased(row.getString(6)), null);
      }
      return row.getBoolean(4) ? "it is read-only" : "";
    } catch (SQLException e) {
      String sentence = sentence(e);
      return switch (SqlErrorKind.of(e)) {
        case UNAVAILABLE, READ_ONLY, CONFLICT -> sentence;
        case LOGIN_REFUSED, STATEMENT ->
            throw new CannotStartException(
                "The database at %s can't be used: %s. Check QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD"
                    .formatted(login.place(), sentence),
                e);
      };
    }
  }

  private void refuseOldServer(int number, String version) {
    if (number < OLDEST_VERSION) {
      throw new CannotStartException(
          "The database at %s is PostgreSQL %s; Burnish needs PostgreSQL 14 or later"
              .formatted(login.place(), version),
          null);
    }
  }

  private void refuseOtherEncoding(String encoding, String database) {
    if (!encoding.equals("UTF8")) {
      throw new CannotStartException(
          "The database at %s has the encoding %s, which can't store every text; Burnish needs UTF8. Make one with CREATE DATABASE %s_utf8 ENCODING 'UTF8' TEMPLATE template0, and name it in QUARKUS_DATASOURCE_JDBC_URL"
              .formatted(login.place(), encoding, database),
          null);
    }
  }

  private String unreleased(String schema) {
    return directory != null
        ? "The data in %s were stored by an unreleased version of Burnish, and this version can't read them. Move the directory away, or set BURNISH_DATABASE_DIRECTORY to another one"
            .formatted(directory)
        : "The database at %s holds tables of an unreleased version of Burnish, and this version can't read them. Name an empty database in QUARKUS_DATASOURCE_JDBC_URL; or, if the data are not needed, run DROP SCHEMA %2$s CASCADE; CREATE SCHEMA %2$s"
            .formatted(login.place(), schema);
  }

  /** What the server or the driver said, on one line and without a full stop at the end. */
  private static String sentence(SQLException failure) {
    String said =
        String.valueOf(failure.getMessage())
            .replaceAll("(?s)\\s*\\R\\s*Location:.*", "")
            .replaceAll("\\s*\\R\\s*", "; ")
            .replaceAll("\\.$", "");
    return failure.getCause() instanceof IOException cause ? said + " (" + cause + ")" : said;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("The start was interrupted", e);
    }
  }
}
