package io.burnish.tracking.legacy;

import io.burnish.database.Columns;
import io.burnish.database.DefaultOwner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports state files of the script that Burnish replaces.
 *
 * @param provider whose decisions they become
 * @param owner of the decisions
 * @param profile of the records
 */
public record StateFileImport(String provider, String owner, String profile) {

  private static final int CHUNK = 10_000;

  private static final String WRITE_KEYS =
      """
      INSERT INTO imported_key%1$s AS k (%2$sprovider, profile, record_key, state)
      SELECT DISTINCT ON (d.record_key) %3$s?, ?, d.record_key, CASE WHEN d.failed THEN 'failed' ELSE 'processed' END
      FROM unnest(?::text[], ?::boolean[]) AS d(record_key, failed)
      ORDER BY d.record_key, d.failed
      ON CONFLICT (%2$sprovider, profile, record_key) DO UPDATE SET state = 'processed', imported_at = EXCLUDED.imported_at
      WHERE k.state = 'failed' AND EXCLUDED.state = 'processed'
      """;

  private static final String WRITE_COUNTS =
      """
      INSERT INTO imported_429_count%1$s (%2$sprovider, model, times)
      SELECT DISTINCT ON (d.model) %3$s?, d.model, d.times FROM unnest(?::text[], ?::int[]) AS d(model, times)
      ORDER BY d.model, d.times DESC
      ON CONFLICT (%2$sprovider, model) DO UPDATE SET times = EXCLUDED.times
      """;

  /** A key of the file. */
  private record Listed(String key, boolean failed) {}

  /** How often a model answered 429. */
  private record Counted(String model, int times) {}

  /** Writes the entries of the file in chunks while it is read. */
  public boolean write(Connection connection, StateFile file) throws SQLException {
    try (PreparedStatement keys = connection.prepareStatement(ofOwner(WRITE_KEYS));
        PreparedStatement counts = connection.prepareStatement(ofOwner(WRITE_COUNTS))) {
      int place = 1;
      if (!isDefault()) {
        keys.setString(place, owner);
        counts.setString(place++, owner);
      }
      keys.setString(place, provider);
      keys.setString(place + 1, profile);
      counts.setString(place, provider);
      Writing writing = new Writing(connection, keys, counts, place);
      file.read(writing);
      writing.end();
      return true;
    } catch (UncheckedSqlException e) {
      throw e.cause;
    }
  }

  /** The version before stores the keys of the default owner in the same tables. */
  private boolean isDefault() {
    return DefaultOwner.is(owner);
  }

  private String ofOwner(String statement) {
    return isDefault()
        ? statement.formatted("", "", "")
        : statement.formatted("_of_owner", "owner, ", "?, ");
  }

  /** Collects entries and writes them. */
  private static final class Writing implements StateFile.Entries {

    private final Connection connection;
    private final PreparedStatement writeKeys;
    private final PreparedStatement writeCounts;
    private final int providerPlace;
    private final List<Listed> keys = new ArrayList<>();
    private final List<Counted> counts = new ArrayList<>();

    Writing(
        Connection connection,
        PreparedStatement writeKeys,
        PreparedStatement writeCounts,
        int providerPlace) {
      this.connection = connection;
      this.writeKeys = writeKeys;
      this.writeCounts = writeCounts;
      this.providerPlace = providerPlace;
    }

    @Override
    public void key(String key, boolean processed) {
      keys.add(new Listed(key, !processed));
      if (keys.size() == CHUNK) {
        try {
          writeKeys();
        } catch (SQLException e) {
          throw new UncheckedSqlException(e);
        }
      }
    }

    private void writeKeys() throws SQLException {
      Columns<Listed> columns = new Columns<>(connection, keys);
      writeKeys.setArray(providerPlace + 2, columns.texts(Listed::key));
      writeKeys.setArray(providerPlace + 3, columns.of("bool", Listed::failed));
      writeKeys.executeUpdate();
      keys.clear();
    }

    @Override
    public void times429(String model, int times) {
      counts.add(new Counted(model, times));
    }

    void end() throws SQLException {
      writeKeys();
      Columns<Counted> columns = new Columns<>(connection, counts);
      writeCounts.setArray(providerPlace + 1, columns.texts(Counted::model));
      writeCounts.setArray(providerPlace + 2, columns.of("int4", Counted::times));
      writeCounts.executeUpdate();
    }
  }

  /** Carries a database error through the reader. */
  private static final class UncheckedSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException cause;

    UncheckedSqlException(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
