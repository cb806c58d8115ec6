package io.burnish.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;

/**
 * Who may log in to the embedded server: its superuser, with a password that is made at random and
 * kept in a file of mode 0600. Data of a version that wanted no password are taken over: their
 * server is open, as it always was, for the moment until the password is set.
 */
final class Access {

  static final String USER = "postgres";

  private static final int BYTES = 24;
  private static final String WITH_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";
  private static final String OPEN = "host postgres postgres 127.0.0.1/32 trust\n";

  private final Path file;
  private final Path data;
  private final String password;
  private final boolean takingOver;

  private Access(Path file, Path data, String password, boolean takingOver) {
    this.file = file;
    this.data = data;
    this.password = password;
    this.takingOver = takingOver;
  }

  /** Prepares the start of a server on these data, or of one that makes them. */
  static Access to(Path directory, Path data) throws IOException {
    Path file = directory.resolve("password");
    boolean old = Files.exists(data.resolve("PG_VERSION"));
    if (Files.exists(file)) {
      Access access = new Access(file, data, Files.readString(file).strip(), false);
      if (old) {
        // Also after a crash between the two steps of taking over.
        access.allow(WITH_PASSWORD);
      }
      return access;
    }
    Access access = new Access(file, data, random(), old);
    if (old) {
      access.allow(OPEN);
    } else {
      OwnerOnly.write(file, access.password);
    }
    return access;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void allow(String line) throws IOException {
    OwnerOnly.write(data.resolve("pg_hba.conf"), line);
  }

  String password() {
    return password;
  }

  /**
   * Options of initdb. The library passes them on after its own, which leave the server open; the
   * last one counts.
   */
  Map<String, String> initialization() {
    return takingOver
        ? Map.of()
        : Map.of("pwfile", file.toString(), "auth", "scram-sha-256", "auth-host", "scram-sha-256");
  }

  /** Requires the password from now on, where the server did not. */
  void close(EmbeddedPostgres server) throws IOException {
    if (!takingOver) {
      return;
    }
    try (Connection connection =
            server.getPostgresDatabase(Map.of("password", password)).getConnection();
        Statement statement = connection.createStatement()) {
      // Hexadecimal digits need no escape.
      statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
      OwnerOnly.write(file, password);
      allow(WITH_PASSWORD);
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("its password could not be set: " + e.getMessage(), e);
    }
  }
}
