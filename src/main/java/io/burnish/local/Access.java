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
 * The login of the embedded server: its superuser, with a random password in a file of mode 0600.
 * Data of a version without passwords are migrated: their server stays open, as before, until the
 * password is set.
 */
final class Access {

  static final String USER = "postgres";

  private static final int BYTES = 24;
  private static final String WITH_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";
  private static final String OPEN = "host postgres postgres 127.0.0.1/32 trust\n";

  private final Path file;
  private final Path data;
  private final String password;
  private final boolean migrating;

  private Access(Path file, Path data, String password, boolean migrating) {
    this.file = file;
    this.data = data;
    this.password = password;
    this.migrating = migrating;
  }

  /** Prepares the start of a server on existing data, or of one that creates them. */
  static Access to(Path directory, Path data) throws IOException {
    Path file = directory.resolve("password");
    boolean exists = Files.exists(data.resolve("PG_VERSION"));
    if (Files.exists(file)) {
      Access access = new Access(file, data, Files.readString(file).strip(), false);
      if (exists) {
        // Completes a migration that a crash interrupted.
        access.allow(WITH_PASSWORD);
      }
      return access;
    }
    Access access = new Access(file, data, random(), exists);
    if (exists) {
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
   * Options of initdb. The library appends them to its own, which leave the server open; the last
   * one counts.
   */
  Map<String, String> initialization() {
    return migrating
        ? Map.of()
        : Map.of("pwfile", file.toString(), "auth", "scram-sha-256", "auth-host", "scram-sha-256");
  }

  /** Sets the password if the data had none, and requires it from now on. */
  void requirePassword(EmbeddedPostgres server) throws IOException {
    if (!migrating) {
      return;
    }
    try (Connection connection =
            server.getPostgresDatabase(Map.of("password", password)).getConnection();
        Statement statement = connection.createStatement()) {
      // Hexadecimal digits need no escaping.
      statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
      OwnerOnly.write(file, password);
      allow(WITH_PASSWORD);
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("cannot set the password: " + e.getMessage(), e);
    }
  }
}
