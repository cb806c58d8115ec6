package io.burnish.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Compares the migrations of this build with those that were applied. Thread-safe. */
@Singleton
public class Migrations {

  /** Source: PostgreSQL manual, "PostgreSQL Error Codes": undefined_table. */
  private static final String NO_TABLE = "42P01";

  private final Flyway flyway;
  private volatile @Nullable Set<String> ofThisBuild;

  Migrations(Flyway flyway) {
    this.flyway = flyway;
  }

  /**
   * The migrations of a database.
   *
   * @param version the newest applied version; empty when there is none
   * @param missing versions of this build that were not applied or failed, oldest first
   * @param newer applied versions that this build does not have, oldest first
   */
  public record Applied(String version, List<String> missing, List<String> newer) {}

  /**
   * Reads the migrations that were applied to the database of this connection.
   *
   * @throws SQLException when they can't be read
   */
  Applied applied(Connection connection) throws SQLException {
    List<String> applied = read(connection);
    List<String> missing = new ArrayList<>(ofThisBuild());
    missing.removeAll(applied);
    List<String> newer = new ArrayList<>(applied);
    newer.removeAll(ofThisBuild());
    return new Applied(applied.isEmpty() ? "" : applied.get(applied.size() - 1), missing, newer);
  }

  /** Applied versions in their order; empty for a schema without history. */
  private List<String> read(Connection connection) throws SQLException {
    String table = flyway.getConfiguration().getTable();
    List<String> versions = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT version FROM \"%s\" WHERE success AND version IS NOT NULL ORDER BY installed_rank"
                    .formatted(table));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        versions.add(rows.getString(1));
      }
    } catch (SQLException e) {
      if (!NO_TABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    return versions;
  }

  /** Reads the class path once. Flyway opens a connection of its own for it. */
  private Set<String> ofThisBuild() {
    @Nullable Set<String> known = ofThisBuild;
    if (known == null) {
      known = new LinkedHashSet<>();
      Arrays.stream(flyway.info().all())
          .filter(migration -> migration.isVersioned() && migration.getState().isResolved())
          .map(migration -> migration.getVersion().getVersion())
          .forEach(known::add);
      ofThisBuild = known;
    }
    return known;
  }
}
