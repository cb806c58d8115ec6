package io.burnish.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.Sql;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Reads the work of all replicas in one statement, whose cost depends on the number of open jobs
 * and of running items, not on the number of items. Thread-safe.
 */
@Singleton
public class SnapshotQuery {

  private static final String SQL =
      """
      WITH open_jobs AS MATERIALIZED (
        SELECT j.id, j.state, j.total - j.cancelled - COALESCE(p.done, 0) AS items
        FROM (
          SELECT id, state, total, cancelled FROM job WHERE state IN ('queued', 'running')
          UNION ALL SELECT id, state, total, cancelled FROM job WHERE state = 'paused') j
        LEFT JOIN LATERAL (
          SELECT succeeded + failed AS done FROM job_progress WHERE job_id = j.id
          ORDER BY job_id DESC, version DESC LIMIT 1) p ON true),
      waiting AS MATERIALIZED (
        SELECT wait_reason, due_at FROM item WHERE state = 'waiting' ORDER BY due_at LIMIT %d),
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
      SELECT statement_timestamp() AS at, COALESCE((SELECT sum(items) FROM open_jobs), 0) AS open,
        COALESCE((SELECT sum(items) FROM open_jobs WHERE state = 'paused'), 0) AS paused,
        (SELECT count(*) FROM item WHERE state = 'running') AS running,
        (SELECT count(*) FROM waiting) AS waiting,
        (SELECT extract(epoch FROM statement_timestamp() - j.created_at)::bigint
         FROM job j LEFT JOIN low_water_mark f ON f.job_id = j.id CROSS JOIN LATERAL (
           SELECT FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0)
           ORDER BY i.job_id, i.seq LIMIT 1) one
         WHERE j.state IN ('queued', 'running') ORDER BY j.created_at, j.id LIMIT 1) AS oldest_ready,
        (SELECT json_object_agg(state, jobs) FROM (
           SELECT state, count(*) AS jobs FROM open_jobs GROUP BY state ORDER BY state) s) AS jobs,
        (SELECT json_agg(w) FROM (
           SELECT wait_reason AS reason, count(*) AS items, min(due_at) AS until FROM waiting
           GROUP BY wait_reason ORDER BY wait_reason) w) AS waits,
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
          .formatted(QueueDepth.COUNTED);

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
      List<Spent> spent = list(row, "spent", SnapshotQuery::spent);
      List<Throughput> throughput = list(row, "throughput", node -> throughput(node, at, spent));
      return new Snapshot(
          at,
          list(row, "replicas", SnapshotQuery::replica),
          depth(row),
          throughput.get(0),
          throughput.get(1),
          throughput.get(2));
    }
  }

  private static QueueDepth depth(ResultSet row) throws SQLException {
    Long oldest = row.getObject("oldest_ready", Long.class);
    Map<String, Long> jobs = new LinkedHashMap<>();
    json(row, "jobs").properties().forEach(e -> jobs.put(e.getKey(), e.getValue().asLong()));
    return new QueueDepth(
        row.getLong("open"),
        row.getLong("running"),
        row.getLong("waiting"),
        row.getLong("paused"),
        list(row, "waits", SnapshotQuery::wait),
        oldest == null ? null : Duration.ofSeconds(Math.max(0, oldest)),
        jobs);
  }

  private static <T> List<T> list(ResultSet row, String column, Function<JsonNode, T> element)
      throws SQLException {
    return StreamSupport.stream(json(row, column).spliterator(), false).map(element).toList();
  }

  private static JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? RecordJson.object() : RecordJson.read(text);
  }

  private static Replica replica(JsonNode node) {
    return new Replica(
        UUID.fromString(node.path("id").asText()),
        node.path("node").asText(),
        instant(node, "started_at"),
        instant(node, "heartbeat_at"));
  }

  private static QueueDepth.Wait wait(JsonNode node) {
    return new QueueDepth.Wait(
        node.path("reason").asText(), node.path("items").asLong(), instant(node, "until"));
  }

  private static Spent spent(JsonNode node) {
    return new Spent(
        instant(node, "since"),
        node.path("model").asText(),
        node.path("prompt").asLong(),
        node.path("completion").asLong(),
        node.path("cached").asLong());
  }

  private static Throughput throughput(JsonNode node, Instant until, List<Spent> spent) {
    Instant since = instant(node, "since");
    return new Throughput(
        since,
        until,
        node.path("succeeded").asLong(),
        node.path("reused").asLong(),
        node.path("failed").asLong(),
        spent.stream().filter(each -> each.since().equals(since)).toList());
  }

  private static Instant instant(JsonNode node, String field) {
    return OffsetDateTime.parse(node.path(field).asText()).toInstant();
  }
}
