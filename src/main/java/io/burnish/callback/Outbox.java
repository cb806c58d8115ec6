package io.burnish.callback;

import io.burnish.database.Sql;
import io.burnish.metrics.ServiceMeters;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The callbacks that are to be delivered. The trigger on jobs adds them. Thread-safe. */
@Singleton
public class Outbox {

  /** Longer than a try takes: a replica that stops in the middle leaves it to another one. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final String TAKE =
      """
      UPDATE job_callback c SET tries = tries + 1, due_at = clock_timestamp() + ? * interval '1 second'
      FROM job j WHERE j.id = c.job_id AND c.id IN (
        SELECT id FROM job_callback WHERE delivered_at IS NULL AND given_up_at IS NULL AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
      RETURNING c.id, c.job_id, c.event, c.body, c.tries, j.callback_url, j.owner,
                extract(epoch FROM clock_timestamp() - c.created_at) AS age
      """;

  private static final String RECORD =
      """
      WITH t AS (
        INSERT INTO job_callback_try (callback_id, number, status, error)
        SELECT id, ?, ?, ? FROM job_callback WHERE id = ? ON CONFLICT DO NOTHING)
      UPDATE job_callback SET
        delivered_at = CASE WHEN ? THEN clock_timestamp() END, given_up_at = CASE WHEN ? THEN clock_timestamp() END,
        due_at = clock_timestamp() + ? * interval '1 millisecond'
      WHERE id = ? AND delivered_at IS NULL
      """;

  private static final String OF_JOB =
      """
      SELECT c.id, c.event, c.created_at, c.due_at, c.delivered_at, c.given_up_at, t.number, t.tried_at, t.status, t.error
      FROM (SELECT * FROM job_callback WHERE job_id = ? ORDER BY job_id, created_at DESC LIMIT 20) c
        LEFT JOIN job_callback_try t ON t.callback_id = c.id
      ORDER BY c.created_at, c.id, t.number
      """;

  private final Sql sql;
  private final ServiceMeters meters;

  Outbox(Sql sql, ServiceMeters meters) {
    this.sql = sql;
    this.meters = meters;
  }

  /** A callback that this replica tries to deliver now. */
  record Due(
      UUID id,
      UUID job,
      String owner,
      String event,
      String body,
      int number,
      String url,
      Duration age) {}

  /**
   * A try to deliver a callback.
   *
   * @param status of the response; null: none came
   * @param error why it failed; null: delivered
   */
  public record Try(int number, Instant at, @Nullable Integer status, @Nullable String error) {}

  /**
   * A callback of a job.
   *
   * @param nextTryAt null when it was delivered or given up
   */
  public record Delivery(
      UUID id,
      String event,
      Instant createdAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant givenUpAt,
      @Nullable Instant nextTryAt,
      List<Try> tries) {}

  /** Takes callbacks that are due; no other replica tries them meanwhile. */
  List<Due> take(int limit) {
    return sql.run(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setLong(1, LEASE.toSeconds());
            take.setInt(2, limit);
            try (ResultSet rows = take.executeQuery()) {
              List<Due> due = new ArrayList<>();
              while (rows.next()) {
                due.add(
                    new Due(
                        rows.getObject("id", UUID.class),
                        rows.getObject("job_id", UUID.class),
                        rows.getString("owner"),
                        rows.getString("event"),
                        rows.getString("body"),
                        rows.getInt("tries"),
                        rows.getString("callback_url"),
                        Duration.ofSeconds(rows.getLong("age"))));
              }
              return due;
            }
          }
        });
  }

  /**
   * Stores the result of a try.
   *
   * @param wait until the next try; null: there is none
   */
  void record(
      Due callback, @Nullable Integer status, @Nullable String error, @Nullable Duration wait) {
    sql.run(
        connection -> {
          try (PreparedStatement record = connection.prepareStatement(RECORD)) {
            record.setInt(1, callback.number());
            record.setObject(2, status, Types.INTEGER);
            record.setString(3, error);
            record.setObject(4, callback.id());
            record.setBoolean(5, error == null);
            record.setBoolean(6, error != null && wait == null);
            record.setLong(7, wait == null ? 0 : wait.toMillis());
            record.setObject(8, callback.id());
            return record.executeUpdate();
          }
        });
    meters.callback(error == null ? "delivered" : wait == null ? "given_up" : "failed");
  }

  /** The latest callbacks of a job, oldest first, each with its tries. */
  public List<Delivery> ofJob(UUID job) {
    return sql.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OF_JOB)) {
            select.setObject(1, job);
            try (ResultSet rows = select.executeQuery()) {
              return deliveries(rows);
            }
          }
        });
  }

  private static List<Delivery> deliveries(ResultSet rows) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    while (rows.next()) {
      UUID id = rows.getObject("id", UUID.class);
      if (deliveries.isEmpty() || !deliveries.get(deliveries.size() - 1).id().equals(id)) {
        deliveries.add(delivery(rows, id));
      }
      Instant triedAt = time(rows, "tried_at");
      if (triedAt != null) {
        deliveries
            .get(deliveries.size() - 1)
            .tries()
            .add(
                new Try(
                    rows.getInt("number"),
                    triedAt,
                    rows.getObject("status", Integer.class),
                    rows.getString("error")));
      }
    }
    return deliveries;
  }

  private static Delivery delivery(ResultSet row, UUID id) throws SQLException {
    Instant delivered = time(row, "delivered_at");
    Instant givenUp = time(row, "given_up_at");
    return new Delivery(
        id,
        row.getString("event"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        delivered,
        givenUp,
        delivered == null && givenUp == null ? time(row, "due_at") : null,
        new ArrayList<>());
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
