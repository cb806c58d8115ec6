package io.burnish.status;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads what was decided minute by minute. Retention keeps eight days. Items that are decided at
 * intake, or cancelled, are not counted. Thread-safe.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database is not
 * available.
 */
@Singleton
public class History {

  /** Minutes that are kept: eight days. */
  public static final int MOST_MINUTES = 11_520;

  private static final String OF_ALL =
      """
      SELECT minute, model, sum(succeeded) AS succeeded, sum(reused) AS reused, sum(failed) AS failed FROM job_minute
      WHERE minute > date_trunc('minute', clock_timestamp()) - ? * interval '1 minute'
      GROUP BY minute, model ORDER BY minute, model
      """;

  private static final String OF_JOB =
      """
      SELECT minute, model, succeeded, reused, failed FROM job_minute
      WHERE minute >= ? AND minute <= ? AND job_id = ? ORDER BY minute, model
      """;

  private final Sql sql;

  History(Sql sql) {
    this.sql = sql;
  }

  /**
   * What all jobs decided, oldest first; minutes without anything are missing.
   *
   * @param minutes the last ones, the present one included; over 0
   */
  public List<DecidedItems> ofAll(int minutes) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OF_ALL)) {
            statement.setInt(1, minutes);
            return read(statement);
          }
        });
  }

  /**
   * What a job decided, oldest first; minutes without anything are missing.
   *
   * @param from when the job was stored
   * @param until when it ended, or now
   */
  public List<DecidedItems> ofJob(UUID job, Instant from, Instant until) {
    return sql.run(connection -> ofJob(connection, job, from, until));
  }

  private static List<DecidedItems> ofJob(
      Connection connection, UUID job, Instant from, Instant until) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_JOB)) {
      statement.setObject(1, from.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC));
      statement.setObject(2, until.atOffset(ZoneOffset.UTC));
      statement.setObject(3, job);
      return read(statement);
    }
  }

  private static List<DecidedItems> read(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<DecidedItems> decided = new ArrayList<>();
      while (rows.next()) {
        String model = rows.getString("model");
        int reused = rows.getInt("reused");
        decided.add(
            new DecidedItems(
                rows.getObject("minute", OffsetDateTime.class).toInstant(),
                model.isEmpty() ? null : model,
                rows.getInt("succeeded") - reused,
                reused,
                rows.getInt("failed")));
      }
      return decided;
    }
  }
}
