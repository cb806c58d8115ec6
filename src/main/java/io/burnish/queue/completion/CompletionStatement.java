package io.burnish.queue.completion;

import io.burnish.database.Columns;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.JobProgress;
import io.burnish.queue.item.Outcome;
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

/**
 * Applies a batch of outcomes in one statement: items, results, failures, verdicts, single flights,
 * the counters of jobs, files, models and minutes, and the end of a job. The counters change in no
 * other statement, so they can't drift. The lock on the job's row makes exactly one completion end
 * the job.
 *
 * <p>Counters are rows with a version that each change raises. The newest row is the last of its
 * index, whatever dead rows precede it. The update finds it by {@code ctid}, so that the planner
 * has no other choice; the lock on the job's row keeps the {@code ctid} valid.
 */
public final class CompletionStatement {

  private static final String COMPLETE =
      """
      WITH d AS MATERIALIZED (
        SELECT * FROM unnest(?::bigint[], ?::int[], ?::text[], ?::smallint[], ?::text[], ?::bigint[],
                             ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[],
                             ?::uuid[], ?::boolean[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[])
          AS t(id, fence, state, charged, wait_reason, wait_ms,
               model, reused, error_code, result, errors,
               call_id, accepted, refusal, max_pack, answer, violations, evidence)),
      u AS (
        UPDATE item i SET state = d.state, attempt = i.attempt + d.charged, wait_reason = d.wait_reason,
          due_at = CASE
            WHEN d.state <> 'waiting' THEN NULL
            WHEN d.wait_reason = 'in_flight_elsewhere'
              AND NOT EXISTS (SELECT FROM in_flight f WHERE f.fingerprint = i.fingerprint) THEN clock_timestamp()
            ELSE clock_timestamp() + d.wait_ms * interval '1 millisecond' END,
          worker_id = NULL, model = COALESCE(d.model, i.model), error_code = d.error_code, reused = d.reused,
          max_pack = LEAST(i.max_pack, d.max_pack)
        FROM d WHERE i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL
        RETURNING i.id, i.job_id, i.file_ordinal, i.fence, i.fingerprint, d.state, d.model, d.reused, d.result, d.errors,
                  d.call_id, d.accepted, d.refusal, d.answer, d.violations, d.evidence),
      r AS (
        INSERT INTO item_result (item_id, fence, record, evidence)
        SELECT id, fence, result, evidence FROM u WHERE state = 'succeeded'),
      f AS (
        INSERT INTO item_failure (item_id, errors)
        SELECT id, errors::text[] FROM u WHERE state = 'failed'),
      a AS (
        UPDATE attempt SET
          outcome = CASE WHEN u.call_id IS DISTINCT FROM attempt.call_id THEN 'unanswered'
                         WHEN u.accepted THEN 'accepted' ELSE 'refused' END,
          errors = CASE WHEN u.call_id = attempt.call_id THEN u.refusal::text[] ELSE attempt.errors END,
          answer = CASE WHEN u.call_id = attempt.call_id THEN u.answer ELSE attempt.answer END,
          violations = CASE WHEN u.call_id = attempt.call_id THEN u.violations ELSE attempt.violations END
        FROM u WHERE attempt.item_id = u.id AND (attempt.call_id = u.call_id OR attempt.outcome = 'answered')),
      flights_ended AS (
        DELETE FROM in_flight USING u WHERE in_flight.item_id = u.id AND u.state <> 'waiting'),
      f_sums AS (
        SELECT job_id, file_ordinal AS ordinal,
               count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
               count(*) FILTER (WHERE state = 'failed') AS failed,
               count(*) FILTER (WHERE reused) AS reused
        FROM u WHERE file_ordinal IS NOT NULL AND state IN ('succeeded', 'failed') GROUP BY job_id, file_ordinal),
      f_before AS MATERIALIZED (
        SELECT s.*, n.place FROM f_sums s LEFT JOIN LATERAL (
          SELECT p.ctid AS place FROM job_file_progress p WHERE p.job_id = s.job_id AND p.ordinal = s.ordinal
          ORDER BY p.job_id DESC, p.ordinal DESC, p.version DESC LIMIT 1) n ON true),
      files AS (
        UPDATE job_file_progress p SET version = p.version + 1,
          succeeded = p.succeeded + b.succeeded, failed = p.failed + b.failed, reused = p.reused + b.reused
        FROM f_before b WHERE p.ctid = b.place),
      first_of_files AS (
        INSERT INTO job_file_progress (job_id, ordinal, version, succeeded, failed, reused)
        SELECT job_id, ordinal, 1, succeeded, failed, reused FROM f_before WHERE place IS NULL),
      m_sums AS (
        SELECT job_id, model, count(*) FILTER (WHERE accepted AND state = 'succeeded') AS succeeded,
               count(*) FILTER (WHERE NOT accepted) AS refused
        FROM u WHERE call_id IS NOT NULL GROUP BY job_id, model),
      m_before AS MATERIALIZED (
        SELECT s.*, n.place FROM m_sums s LEFT JOIN LATERAL (
          SELECT m.ctid AS place FROM job_model m WHERE m.job_id = s.job_id AND m.model = s.model
          ORDER BY m.job_id DESC, m.model DESC, m.version DESC LIMIT 1) n ON true),
      models AS (
        UPDATE job_model m SET version = m.version + 1,
          succeeded = m.succeeded + b.succeeded, refused = m.refused + b.refused
        FROM m_before b WHERE m.ctid = b.place),
      first_of_models AS (
        INSERT INTO job_model (job_id, model, version, succeeded, refused)
        SELECT job_id, model, 1, succeeded, refused FROM m_before WHERE place IS NULL),
      h_sums AS (
        SELECT date_trunc('minute', statement_timestamp()) AS minute, job_id,
               CASE WHEN reused THEN '' ELSE COALESCE(model, '') END AS model,
               count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE reused) AS reused,
               count(*) FILTER (WHERE state = 'failed') AS failed
        FROM u WHERE state IN ('succeeded', 'failed') GROUP BY 1, 2, 3),
      h_before AS MATERIALIZED (
        SELECT s.*, n.place FROM h_sums s LEFT JOIN LATERAL (
          SELECT h.ctid AS place FROM job_minute h
          WHERE h.minute = s.minute AND h.job_id = s.job_id AND h.model = s.model
          ORDER BY h.minute DESC, h.job_id DESC, h.model DESC, h.version DESC LIMIT 1) n ON true),
      minutes AS (
        UPDATE job_minute h SET version = h.version + 1,
          succeeded = h.succeeded + b.succeeded, reused = h.reused + b.reused, failed = h.failed + b.failed
        FROM h_before b WHERE h.ctid = b.place),
      first_of_minutes AS (
        INSERT INTO job_minute (minute, job_id, model, version, succeeded, reused, failed)
        SELECT minute, job_id, model, 1, succeeded, reused, failed FROM h_before WHERE place IS NULL),
      s AS (
        SELECT job_id, count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
               count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE reused) AS reused
        FROM u GROUP BY job_id),
      j AS MATERIALIZED (
        SELECT x.*, state IN ('queued', 'running', 'paused') AND succeeded + failed + cancelled = total AS ends
        FROM (
          SELECT o.id, o.state, o.end_requested, o.total, o.cancelled, n.place,
                 COALESCE(n.succeeded, 0) + s.succeeded AS succeeded, COALESCE(n.failed, 0) + s.failed AS failed,
                 COALESCE(n.reused, 0) + s.reused AS reused,
                 COALESCE(n.succeeded + n.failed, 0) + o.cancelled AS done_before
          FROM s JOIN job o ON o.id = s.job_id LEFT JOIN LATERAL (
            SELECT p.ctid AS place, p.succeeded, p.failed, p.reused FROM job_progress p WHERE p.job_id = s.job_id
            ORDER BY p.job_id DESC, p.version DESC LIMIT 1) n ON true) x),
      counted AS (
        UPDATE job_progress p SET version = p.version + 1,
          succeeded = j.succeeded, failed = j.failed, reused = j.reused
        FROM j WHERE p.ctid = j.place),
      first_of_job AS (
        INSERT INTO job_progress (job_id, version, succeeded, failed, reused)
        SELECT id, 1, succeeded, failed, reused FROM j WHERE place IS NULL),
      ended AS (
        UPDATE job SET state = COALESCE(job.end_requested, 'completed'), finished_at = clock_timestamp(),
          outcome = CASE
            WHEN job.end_requested IS NOT NULL THEN NULL
            WHEN j.failed = 0 AND NOT EXISTS (
              SELECT FROM job_file f WHERE f.job_id = j.id AND f.state = 'rejected') THEN 'succeeded'
            WHEN j.succeeded = 0 THEN 'failed'
            ELSE 'partial' END
        FROM j WHERE job.id = j.id AND j.ends)
      SELECT j.id, j.end_requested, j.total, j.succeeded, j.failed, j.reused, j.cancelled, j.done_before, j.ends, u.id AS item_id
      FROM j LEFT JOIN u ON u.job_id = j.id
      """;

  private CompletionStatement() {}

  /** Writes outcomes under their fences, in one statement. */
  public static Completion apply(Connection connection, List<Outcome> outcomes)
      throws SQLException {
    JobLocks.take(connection, outcomes.stream().map(outcome -> outcome.item().jobId()));
    SingleFlight.join(connection, outcomes);
    Completion completion = complete(connection, outcomes);
    SingleFlight.wake(connection, outcomes);
    return completion;
  }

  private static Completion complete(Connection connection, List<Outcome> outcomes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      OutcomeColumns.set(statement, new Columns<>(connection, outcomes));
      try (ResultSet rows = statement.executeQuery()) {
        return completion(rows);
      }
    }
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
              rows.getBoolean("ends"),
              rows.getString("end_requested")));
    }
    return new Completion(applied, jobs);
  }
}
