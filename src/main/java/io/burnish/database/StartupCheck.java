package io.burnish.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Waits, before anything else starts, for a database that can be worked with; and refuses one that
 * never will be. Uses one connection of its own and changes nothing.
 */
public final class StartupCheck {

  /** PostgreSQL 14, as {@code server_version_num} counts. */
  private static final int OLDEST_VERSION = 140_000;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(5);

  /** Seconds to connect, and seconds for each answer. */
  private static final String PATIENCE = "5";

  private static final String LOOK =
      "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
          + "current_setting('server_encoding'), current_setting('transaction_read_only') = 'on', "
          + "current_database()";

  private final Login login;
  private final Consumer<String> warnings;
  private final Clock clock;

  /**
   * @param login what to check
   * @param warnings takes a line each few seconds while the database is away
   */
  public StartupCheck(Login login, Consumer<String> warnings) {
    this(login, warnings, new Clock(System::nanoTime, StartupCheck::sleep));
  }

  StartupCheck(Login login, Consumer<String> warnings, Clock clock) {
    this.login = login;
    this.warnings = warnings;
    this.clock = clock;
  }

  /**
   * Where the database is, and who logs in.
   *
   * @param url JDBC URL
   * @param user name
   * @param password any, where the server wants none
   */
  public record Login(String url, String user, String password) {

    private static final String PREFIX = "jdbc:postgresql:";

    /** Sent where nothing names a password; a server that wants one refuses it. */
    private static final String NO_PASSWORD = "none";

    /**
     * A login whose missing parts are taken from the URL, then from where the driver looks: the
     * password file of the user, and the user's name.
     *
     * @throws CannotStartException when the URL is of another form
     */
    public static Login of(String url, @Nullable String user, @Nullable String password) {
      Properties set = new Properties();
      if (user != null) {
        set.setProperty("user", user);
      }
      if (password != null) {
        set.setProperty("password", password);
      }
      @Nullable Properties all = Driver.parseURL(url, set);
      if (all == null) {
        throw new CannotStartException(
            "QUARKUS_DATASOURCE_JDBC_URL must begin with %s//host:port/database".formatted(PREFIX),
            null);
      }
      return new Login(
          url,
          user == null ? all.getProperty("user", System.getProperty("user.name")) : user,
          password == null ? all.getProperty("password", NO_PASSWORD) : password);
    }

    /** The address without anything secret: host, port and database. */
    String place() {
      String place = url.substring(url.startsWith(PREFIX) ? PREFIX.length() : 0);
      return place.replaceFirst("\\?.*", "").replaceFirst("^//", "").replaceFirst("^.*@", "");
    }

    Connection connect() throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("connectTimeout", PATIENCE);
      properties.setProperty("loginTimeout", PATIENCE);
      properties.setProperty("socketTimeout", PATIENCE);
      properties.setProperty("user", user);
      properties.setProperty("password", password);
      @Nullable Connection connection = new Driver().connect(url, properties);
      if (connection == null) {
        throw new CannotStartException(
            "QUARKUS_DATASOURCE_JDBC_URL must begin with %s//".formatted(PREFIX), null);
      }
      return connection;
    }
  }

  /** Time as it is measured and spent; a test has its own. */
  record Clock(LongSupplier nanos, Consumer<Duration> sleep) {}

  /**
   * Returns once the database answers, takes writes, and is of a kind that can be worked with.
   *
   * @param atMost how long to wait for one that is away
   * @throws CannotStartException when it stays away, refuses the login, is older than PostgreSQL
   *     14, or has another encoding than UTF-8
   */
  public void awaitUsable(Duration atMost) {
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
      Duration left = atMost.minusNanos(now - start);
      if (left.isZero() || left.isNegative()) {
        throw new CannotStartException(
            "The database at %s was still away after %d s (burnish.database.wait-at-start): %s"
                .formatted(login.place(), atMost.toSeconds(), reason),
            null);
      }
      if (now - nextMessage >= 0) {
        nextMessage = now + BETWEEN_MESSAGES.toNanos();
        warnings.accept(
            "The database at %s is away: %s. The start waits for it, %d s at most (burnish.database.wait-at-start)"
                .formatted(login.place(), reason, Math.max(1, left.toSeconds())));
      }
      clock.sleep().accept(left.compareTo(BETWEEN_TRIES) < 0 ? left : BETWEEN_TRIES);
    }
  }

  /** Why the database can't be used yet; empty when it can. */
  private String reasonToWait() {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOOK)) {
      row.next();
      refuseOld(row.getInt(1), row.getString(2));
      refuseOtherThanUtf8(row.getString(3), row.getString(5));
      return row.getBoolean(4) ? "it is read-only" : "";
    } catch (SQLException e) {
      String sentence = sentence(e);
      return switch (Trouble.of(e)) {
        case AWAY, READ_ONLY, CONFLICT -> sentence;
        case DENIED, STATEMENT ->
            throw new CannotStartException(
                "The database at %s can't be used: %s. Look at QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD"
                    .formatted(login.place(), sentence),
                e);
      };
    }
  }

  private void refuseOld(int number, String version) {
    if (number < OLDEST_VERSION) {
      throw new CannotStartException(
          "The database at %s is PostgreSQL %s; Burnish needs PostgreSQL 14 or later"
              .formatted(login.place(), version),
          null);
    }
  }

  private void refuseOtherThanUtf8(String encoding, String database) {
    if (!encoding.equals("UTF8")) {
      throw new CannotStartException(
          "The database at %s has the encoding %s, which can't store every text; Burnish needs UTF8. Make one with CREATE DATABASE %s_utf8 ENCODING 'UTF8' TEMPLATE template0, and name it in QUARKUS_DATASOURCE_JDBC_URL"
              .formatted(login.place(), encoding, database),
          null);
    }
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
