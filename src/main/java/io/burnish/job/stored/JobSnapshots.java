package io.burnish.job.stored;

import io.burnish.database.Sql;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Reads the snapshots of many jobs in one statement. The time does not grow with the items of a
 * job. Thread-safe.
 */
@Singleton
public class JobSnapshots {

  private static final String READ =
      """
      WITH j AS MATERIALIZED (
        SELECT id, name, state, outcome, total, cancelled, finished_at, owner FROM job
        WHERE removed_at IS NULL AND %s),
      r AS MATERIALIZED (
        SELECT i.job_id, count(*) AS running FROM item i
        WHERE i.state = 'running' AND i.job_id IN (SELECT id FROM j WHERE finished_at IS NULL) GROUP BY i.job_id)
      SELECT j.*, c.version, c.succeeded, c.failed, c.reused, COALESCE(r.running, 0) AS running, w.wait_reason
      FROM j JOIN job_counts c ON c.job_id = j.id LEFT JOIN r ON r.job_id = j.id
        LEFT JOIN LATERAL (
          SELECT i.wait_reason FROM item i WHERE i.job_id = j.id AND i.state = 'waiting'
          ORDER BY i.job_id, i.due_at LIMIT 1) w ON true
      ORDER BY j.id DESC
      """;

  private static final String BY_ID = READ.formatted("id = ANY (?)");

  /** Of each job that is not finished, and of those that finished lately; the newest first. */
  private static final String LIVE =
      READ.formatted(
          """
          id IN (
            SELECT id FROM job WHERE state IN ('queued', 'running')
            UNION ALL SELECT id FROM job WHERE state = 'paused'
            UNION ALL SELECT id FROM job WHERE finished_at > ? AND removed_at IS NULL)
          ORDER BY id DESC LIMIT ?
          """);

  private final Sql sql;

  JobSnapshots(Sql sql) {
    this.sql = sql;
  }

  /**
   * The snapshots of these jobs, the newest first; without those that do not exist, or were
   * removed.
   */
  public List<JobSnapshot> of(Collection<UUID> ids) {
    return sql.run(
        connection -> {
          Array wanted = connection.createArrayOf("uuid", ids.toArray());
          return read(connection, BY_ID, statement -> statement.setArray(1, wanted));
        });
  }

  /**
   * The snapshots of the jobs that are not finished, and of those that finished lately; the newest
   * first.
   *
   * @param finishedAfter when a job finished lately
   * @param limit jobs at most, the newest
   */
  public List<JobSnapshot> live(Instant finishedAfter, int limit) {
    return sql.run(
        connection ->
            read(
                connection,
                LIVE,
                statement -> {
                  statement.setObject(1, OffsetDateTime.ofInstant(finishedAfter, ZoneOffset.UTC));
                  statement.setInt(2, limit);
                }));
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private static List<JobSnapshot> read(Connection connection, String query, Parameters parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      parameters.set(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<JobSnapshot> snapshots = new ArrayList<>();
        while (rows.next()) {
          snapshots.add(snapshot(rows));
        }
        return snapshots;
      }
    }
  }

  private static JobSnapshot snapshot(ResultSet row) throws SQLException {
    OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
    return new JobSnapshot(
        row.getObject("id", UUID.class),
        row.getString("name"),
        JobState.of(row.getString("state")).orElseThrow(),
        row.getString("outcome"),
        new Counts(
            row.getInt("total"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("reused"),
            row.getInt("cancelled")),
        row.getLong("version"),
        row.getInt("running"),
        row.getString("owner"),
        row.getString("wait_reason"),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}
