package io.burnish.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Reads the work of all replicas in one statement, whose cost depends on the number of open jobs
 * and of running items, not on the number of items. Thread-safe.
 */
@Singleton
public class SnapshotQuery {

  private static final String SQL =
      """
      WITH %1$s,
      decided AS MATERIALIZED (
        SELECT minute, sum(succeeded) AS succeeded, sum(reused) AS reused, sum(failed) AS failed FROM job_minute
        WHERE minute >= date_trunc('minute', statement_timestamp()) - interval '1 day' GROUP BY minute),
      windows AS (
        SELECT n, date_trunc('minute', statement_timestamp()) - length AS since
        FROM (VALUES (1, interval '1 minute'), (2, interval '1 hour'), (3, interval '1 day')) AS l(n, length)),
      used AS MATERIALIZED (
        SELECT minute, model, prompt_tokens, completion_tokens, cached_tokens FROM usage_minute
        WHERE minute >= date_trunc('minute', statement_timestamp()) - interval '1 day'
        UNION ALL
        SELECT date_trunc('minute', at), model, sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens)
        FROM provider_call
        WHERE at >= GREATEST((SELECT max(minute) + interval '1 minute' FROM usage_minute),
                             date_trunc('minute', statement_timestamp()) - interval '1 day')
        GROUP BY 1, 2)
      SELECT statement_timestamp() AS at, %2$s,
        (SELECT json_agg(w) FROM (
           SELECT id, node, started_at, heartbeat_at FROM worker ORDER BY started_at, id) w) AS replicas,
        (SELECT json_agg(t) FROM (
           SELECT s.since, COALESCE(sum(d.succeeded), 0) AS succeeded, COALESCE(sum(d.reused), 0) AS reused,
                  COALESCE(sum(d.failed), 0) AS failed
           FROM windows s LEFT JOIN decided d ON d.minute >= s.since GROUP BY s.n, s.since ORDER BY s.n) t) AS throughput,
        (SELECT json_agg(t) FROM (
           SELECT s.since, u.model, sum(u.prompt_tokens) AS prompt, sum(u.completion_tokens) AS completion,
                  sum(u.cached_tokens) AS cached
           FROM windows s JOIN used u ON u.minute >= s.since GROUP BY s.since, u.model ORDER BY s.since, u.model) t) AS spent
      """
          .formatted(QueueQuery.TABLES, QueueQuery.COLUMNS);

  private final Sql sql;

  SnapshotQuery(Sql sql) {
    this.sql = sql;
  }

  /**
   * The work now.
   *
   * @throws io.burnish.database.DatabaseException when the database is not available
   */
  public Snapshot now() {
    return sql.run(SnapshotQuery::read);
  }

  private static Snapshot read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
      List<Spent> spent = JsonColumns.list(row, "spent", SnapshotQuery::spent);
      List<Throughput> throughput =
          JsonColumns.list(row, "throughput", node -> throughput(node, at, spent));
      return new Snapshot(
          at,
          JsonColumns.list(row, "replicas", SnapshotQuery::replica),
          QueueQuery.read(row),
          throughput.get(0),
          throughput.get(1),
          throughput.get(2));
    }
  }

  private static Replica replica(JsonNode node) {
    return new Replica(
        UUID.fromString(node.path("id").asText()),
        node.path("node").asText(),
        JsonColumns.instant(node, "started_at"),
        JsonColumns.instant(node, "heartbeat_at"));
  }

  private static Spent spent(JsonNode node) {
    return new Spent(
        JsonColumns.instant(node, "since"),
        node.path("model").asText(),
        node.path("prompt").asLong(),
        node.path("completion").asLong(),
        node.path("cached").asLong());
  }

  private static Throughput throughput(JsonNode node, Instant until, List<Spent> spent) {
    Instant since = JsonColumns.instant(node, "since");
    return new Throughput(
        since,
        until,
        node.path("succeeded").asLong(),
        node.path("reused").asLong(),
        node.path("failed").asLong(),
        spent.stream().filter(each -> each.since().equals(since)).toList());
  }
}
