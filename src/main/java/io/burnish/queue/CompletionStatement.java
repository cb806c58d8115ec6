package io.burnish.queue;

import io.burnish.database.Columns;
import io.burnish.queue.ItemQueue.Completion;
import io.burnish.queue.Outcome.Enhanced;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Judged;
import io.burnish.queue.Outcome.Parked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch of outcomes: items, results, failures, verdicts, flights, the counters of jobs,
 * files and models, and the end of a job, in one statement. What is counted of items and verdicts
 * changes nowhere else, so it cannot drift; the lock on the job's row makes exactly one completion
 * the one that ends it.
 */
final class CompletionStatement {

  private static final String COMPLETE =
      """
      WITH d AS MATERIALIZED (
        SELECT * FROM unnest(?::bigint[], ?::int[], ?::text[], ?::smallint[], ?::text[], ?::bigint[],
                             ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[],
                             ?::uuid[], ?::boolean[], ?::text[], ?::int[], ?::text[])
          AS t(id, fence, state, charged, wait_reason, wait_ms,
               model, reused, error_code, result, errors,
               call_id, accepted, refusal, max_pack, answer)),
      u AS (
        UPDATE item i SET state = d.state, attempt = i.attempt + d.charged, wait_reason = d.wait_reason,
          due_at = CASE
            WHEN d.state <> 'waiting' THEN NULL
            WHEN d.wait_reason = 'in_flight_elsewhere'
              AND NOT EXISTS (SELECT FROM flight f WHERE f.fingerprint = i.fingerprint) THEN clock_timestamp()
            ELSE clock_timestamp() + d.wait_ms * interval '1 millisecond' END,
          worker_id = NULL, model = COALESCE(d.model, i.model), error_code = d.error_code, reused = d.reused,
          max_pack = LEAST(i.max_pack, d.max_pack)
        FROM d WHERE i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL
        RETURNING i.id, i.job_id, i.file_ordinal, i.fence, i.fingerprint, d.state, d.model, d.reused, d.result, d.errors,
                  d.call_id, d.accepted, d.refusal, d.answer),
      r AS (
        INSERT INTO item_result (item_id, fence, record)
        SELECT id, fence, result FROM u WHERE state = 'succeeded'),
      f AS (
        INSERT INTO item_failure (item_id, errors)
        SELECT id, errors::text[] FROM u WHERE state = 'failed'),
      a AS (
        UPDATE attempt SET
          outcome = CASE WHEN u.call_id IS DISTINCT FROM attempt.call_id THEN 'unanswered'
                         WHEN u.accepted THEN 'accepted' ELSE 'refused' END,
          errors = CASE WHEN u.call_id = attempt.call_id THEN u.refusal::text[] ELSE attempt.errors END,
          answer = CASE WHEN u.call_id = attempt.call_id THEN u.answer ELSE attempt.answer END
        FROM u WHERE attempt.item_id = u.id AND (attempt.call_id = u.call_id OR attempt.outcome = 'answered')),
      landed AS (
        DELETE FROM flight USING u WHERE flight.item_id = u.id AND u.state <> 'waiting'),
      files AS (
        UPDATE job_file SET succeeded = job_file.succeeded + s.succeeded, failed = job_file.failed + s.failed,
                            reused = job_file.reused + s.reused
        FROM (SELECT job_id, file_ordinal,
                     count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
                     count(*) FILTER (WHERE state = 'failed') AS failed,
                     count(*) FILTER (WHERE reused) AS reused
              FROM u WHERE file_ordinal IS NOT NULL GROUP BY job_id, file_ordinal) s
        WHERE job_file.job_id = s.job_id AND job_file.ordinal = s.file_ordinal),
      models AS (
        INSERT INTO job_model AS m (job_id, model, succeeded, refused)
        SELECT job_id, model, count(*) FILTER (WHERE accepted), count(*) FILTER (WHERE NOT accepted)
        FROM u WHERE call_id IS NOT NULL GROUP BY job_id, model
        ON CONFLICT (job_id, model) DO UPDATE SET
          succeeded = m.succeeded + EXCLUDED.succeeded, refused = m.refused + EXCLUDED.refused),
      s AS (
        SELECT job_id, count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
               count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE reused) AS reused
        FROM u GROUP BY job_id),
      j AS (
        UPDATE job SET succeeded = job.succeeded + s.succeeded, failed = job.failed + s.failed,
          reused = job.reused + s.reused, version = job.version + 1,
          state = CASE WHEN e.ends THEN 'completed' ELSE job.state END,
          finished_at = CASE WHEN e.ends THEN clock_timestamp() ELSE job.finished_at END,
          outcome = CASE WHEN NOT e.ends THEN job.outcome
            WHEN job.failed + s.failed = 0 AND e.all_files THEN 'succeeded'
            WHEN job.succeeded + s.succeeded = 0 THEN 'failed'
            ELSE 'partial' END
        FROM s JOIN job o ON o.id = s.job_id CROSS JOIN LATERAL (
          SELECT o.state IN ('queued', 'running', 'paused')
                   AND o.succeeded + o.failed + o.cancelled + s.succeeded + s.failed = o.total AS ends,
                 NOT EXISTS (SELECT FROM job_file WHERE job_id = o.id AND state = 'rejected') AS all_files) e
        WHERE job.id = s.job_id
        RETURNING job.id, job.total, job.succeeded, job.failed, job.reused, job.cancelled,
                  job.succeeded + job.failed + job.cancelled - s.succeeded - s.failed AS done_before, e.ends)
      SELECT j.*, u.id AS item_id FROM j LEFT JOIN u ON u.job_id = j.id
      """;

  private CompletionStatement() {}

  static Completion apply(Connection connection, List<Outcome> outcomes) throws SQLException {
    JobLocks.take(connection, outcomes.stream().map(outcome -> outcome.item().jobId()));
    Flights.hold(connection, outcomes);
    Completion completion = complete(connection, outcomes);
    Flights.wake(connection, outcomes);
    return completion;
  }

  private static Completion complete(Connection connection, List<Outcome> outcomes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      bindOutcomes(statement, new Columns<>(connection, outcomes));
      try (ResultSet rows = statement.executeQuery()) {
        return completion(rows);
      }
    }
  }

  private static void bindOutcomes(PreparedStatement statement, Columns<Outcome> columns)
      throws SQLException {
    statement.setArray(1, columns.of("int8", outcome -> outcome.item().id()));
    statement.setArray(2, columns.of("int4", outcome -> outcome.item().fence()));
    statement.setArray(3, columns.of("text", outcome -> outcome.decision().state().word()));
    statement.setArray(4, columns.of("int2", outcome -> outcome.judged().isPresent() ? 1 : 0));
    statement.setArray(5, columns.of("text", of(Parked.class, parked -> parked.reason().word())));
    statement.setArray(
        6, columns.of("int8", of(Parked.class, parked -> parked.delay().toMillis())));
    statement.setArray(7, columns.of("text", CompletionStatement::model));
    statement.setArray(
        8, columns.of("bool", outcome -> outcome.decision() instanceof Enhanced e && e.reused()));
    statement.setArray(9, columns.of("text", of(GivenUp.class, GivenUp::code)));
    statement.setArray(10, columns.of("text", of(Enhanced.class, Enhanced::record)));
    statement.setArray(11, columns.lists(of(GivenUp.class, GivenUp::errors)));
    statement.setArray(12, columns.of("uuid", judged(Judged::callId)));
    statement.setArray(13, columns.of("bool", judged(Judged::accepted)));
    statement.setArray(14, columns.lists(judged(Judged::errors)));
    statement.setArray(15, columns.of("int4", of(Parked.class, CompletionStatement::maxPack)));
    statement.setArray(
        16, columns.texts(outcome -> outcome.judged().map(Judged::answer).orElse(null)));
  }

  private static @Nullable Integer maxPack(Parked parked) {
    return parked.maxPack() == ClaimedItem.UNBOUNDED ? null : parked.maxPack();
  }

  private static Completion completion(ResultSet rows) throws SQLException {
    Set<Long> applied = new HashSet<>();
    Map<UUID, JobProgress> jobs = new HashMap<>();
    while (rows.next()) {
      long item = rows.getLong("item_id");
      if (!rows.wasNull()) {
        applied.add(item);
      }
      UUID job = rows.getObject("id", UUID.class);
      jobs.put(
          job,
          new JobProgress(
              job,
              rows.getInt("total"),
              rows.getInt("succeeded"),
              rows.getInt("failed"),
              rows.getInt("reused"),
              rows.getInt("cancelled"),
              rows.getInt("done_before"),
              rows.getBoolean("ends")));
    }
    return new Completion(applied, jobs);
  }

  private static @Nullable String model(Outcome outcome) {
    if (outcome.decision() instanceof Enhanced enhanced) {
      return enhanced.model();
    }
    if (outcome.decision() instanceof GivenUp givenUp) {
      return givenUp.model();
    }
    return outcome.judged().map(Judged::model).orElse(null);
  }

  private static <D, V> Function<Outcome, @Nullable V> of(Class<D> kind, Function<D, V> column) {
    return outcome ->
        kind.isInstance(outcome.decision()) ? column.apply(kind.cast(outcome.decision())) : null;
  }

  private static <V> Function<Outcome, @Nullable V> judged(Function<Judged, V> column) {
    return outcome -> outcome.judged().map(column).orElse(null);
  }
}
