package io.burnish.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The address of the database and the user who logs in.
 *
 * @param url JDBC URL
 * @param user name
 * @param password any, where the server wants none
 */
public record Login(String url, String user, String password) {

  /** To connect, and for each answer. */
  private static final String TIMEOUT_SECONDS = "5";

  private static final String PREFIX = "jdbc:postgresql:";

  /** Sent when no password is set; a server that requires one refuses it. */
  private static final String NO_PASSWORD = "none";

  /**
   * Takes missing parts from the URL, then from the driver's defaults: the user's password file and
   * the name of the operating system's user.
   *
   * @throws CannotStartException when the URL has another form
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

  /** Host, port and database, without secrets. */
  String place() {
    String place = url.substring(url.startsWith(PREFIX) ? PREFIX.length() : 0);
    return place.replaceFirst("\\?.*", "").replaceFirst("^//", "").replaceFirst("^.*@", "");
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
    properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
    properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
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
