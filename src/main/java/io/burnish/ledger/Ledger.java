package io.burnish.ledger;

import io.burnish.database.Columns;
import io.burnish.database.Sql;
import io.burnish.metrics.ServiceMeters;
import io.burnish.queue.item.ClaimedItem;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stores each HTTP call with its attempts at records, and adds its cost to its jobs and their
 * files. All of it is one transaction, so a call counts exactly once, independent of the outcome of
 * its records.
 */
@Singleton
public class Ledger {

  /**
   * Idempotent: a batch that is repeated, because the acknowledgement of its commit was lost, is
   * stored once. At its end it takes an advisory lock on the usage of each job, in one order, so
   * that the next statement reads current counters. It does not lock the job rows: completions do.
   */
  private static final String CALLS =
      """
      WITH stored AS (
        INSERT INTO provider_call (id, model, outcome, http_status, prompt_tokens, completion_tokens, cached_tokens,
                                   latency_ms, request_id, message, raw_answer)
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::smallint[], ?::int[], ?::int[], ?::int[],
                             ?::int[], ?::text[], ?::text[], ?::text[])
        ON CONFLICT (id) DO NOTHING
        RETURNING id, model, prompt_tokens, completion_tokens, cached_tokens),
      a AS MATERIALIZED (
        SELECT a.*
        FROM unnest(?::bigint[], ?::int[], ?::uuid[], ?::int[], ?::text[]) AS a(item_id, fence, call_id, ref, outcome)
        JOIN stored ON stored.id = a.call_id),
      attempts AS (
        INSERT INTO attempt (item_id, fence, call_id, ref, outcome) SELECT * FROM a),
      shares AS MATERIALIZED (
        SELECT s.*, stored.model
        FROM unnest(?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::int[])
          AS s(call_id, job_id, prompt_tokens, completion_tokens, cached_tokens)
        JOIN stored ON stored.id = s.call_id),
      sums AS MATERIALIZED (
        SELECT job_id, model, count(*) AS calls, sum(prompt_tokens) AS prompt_tokens,
               sum(completion_tokens) AS completion_tokens, sum(cached_tokens) AS cached_tokens
        FROM shares GROUP BY job_id, model ORDER BY job_id, model),
      record_shares AS MATERIALIZED (
        SELECT a.item_id, s.model, div(s.prompt_tokens * a.ref, s.records) - div(s.prompt_tokens * (a.ref - 1), s.records) AS prompt_tokens,
          div(s.completion_tokens * a.ref, s.records) - div(s.completion_tokens * (a.ref - 1), s.records) AS completion_tokens,
          div(s.cached_tokens * a.ref, s.records) - div(s.cached_tokens * (a.ref - 1), s.records) AS cached_tokens
        FROM (
          SELECT stored.id, stored.model, stored.prompt_tokens::numeric, stored.completion_tokens::numeric,
                 stored.cached_tokens::numeric, n.records
          FROM stored JOIN (SELECT call_id, max(ref) AS records FROM a GROUP BY call_id) n ON n.call_id = stored.id
          WHERE stored.prompt_tokens > 0) s
        JOIN a ON a.call_id = s.id),
      files AS (
        SELECT i.job_id, i.file_ordinal, s.model, sum(s.prompt_tokens) AS prompt_tokens,
               sum(s.completion_tokens) AS completion_tokens, sum(s.cached_tokens) AS cached_tokens
        FROM record_shares s CROSS JOIN LATERAL (SELECT job_id, file_ordinal FROM item WHERE id = s.item_id) i
        WHERE i.file_ordinal IS NOT NULL GROUP BY i.job_id, i.file_ordinal, s.model)
      SELECT job_id, NULL::int AS file_ordinal, model, calls, prompt_tokens, completion_tokens, cached_tokens,
             pg_advisory_xact_lock(hashtextextended('burnish.job_usage.' || job_id, 0))::text AS locked FROM sums
      UNION ALL
      SELECT job_id, file_ordinal, model, 0, prompt_tokens, completion_tokens, cached_tokens, NULL FROM files
      """;

  private final Sql sql;
  private final ServiceMeters meters;

  Ledger(Sql sql, ServiceMeters meters) {
    this.sql = sql;
    this.meters = meters;
  }

  /**
   * Stores calls and adds their cost to their jobs. A call that is already stored is ignored.
   *
   * @throws io.burnish.database.DatabaseException when the database refuses or is unavailable
   */
  public void record(List<LedgerEntry> calls) {
    long start = System.nanoTime();
    sql.run(c -> insert(c, calls));
    meters.committed("ledger", calls.size(), Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * As {@link #record}, in an open transaction.
   *
   * @return number of jobs and models whose cost changed
   */
  public static int insert(Connection connection, List<LedgerEntry> calls) throws SQLException {
    Usage usage = store(connection, calls);
    JobUsage.add(connection, usage.jobs());
    FileUsage.add(connection, usage.files());
    return usage.jobs().size();
  }

  /** What new calls add to the usage of jobs and of their files. */
  private record Usage(List<JobUsage> jobs, List<FileUsage> files) {

    static Usage read(ResultSet rows) throws SQLException {
      Usage usage = new Usage(new ArrayList<>(), new ArrayList<>());
      while (rows.next()) {
        if (rows.getObject("file_ordinal") == null) {
          usage.jobs().add(JobUsage.read(rows));
        } else {
          usage.files().add(FileUsage.read(rows));
        }
      }
      return usage;
    }
  }

  private static Usage store(Connection connection, List<LedgerEntry> calls) throws SQLException {
    List<JobCostShare> shares =
        calls.stream().flatMap(call -> JobCostShare.of(call).stream()).toList();
    try (PreparedStatement statement = connection.prepareStatement(CALLS)) {
      var columns = new Columns<>(connection, calls);
      statement.setArray(1, columns.of("uuid", LedgerEntry::id));
      statement.setArray(2, columns.of("text", LedgerEntry::model));
      statement.setArray(3, columns.of("text", LedgerEntry::outcome));
      statement.setArray(4, columns.of("int2", LedgerEntry::httpStatus));
      statement.setArray(5, columns.of("int4", LedgerEntry::promptTokens));
      statement.setArray(6, columns.of("int4", LedgerEntry::completionTokens));
      statement.setArray(7, columns.of("int4", LedgerEntry::cachedTokens));
      statement.setArray(8, columns.of("int4", LedgerEntry::latencyMillis));
      statement.setArray(9, columns.texts(LedgerEntry::requestId));
      statement.setArray(10, columns.texts(call -> call.message()));
      statement.setArray(11, columns.texts(call -> call.rawAnswer()));
      bindAttempts(
          statement, new Columns<>(connection, calls.stream().flatMap(Ledger::attempts).toList()));
      bindShares(statement, new Columns<>(connection, shares));
      try (ResultSet rows = statement.executeQuery()) {
        return Usage.read(rows);
      }
    }
  }

  private static void bindAttempts(PreparedStatement statement, Columns<Attempt> columns)
      throws SQLException {
    statement.setArray(12, columns.of("int8", attempt -> attempt.item().id()));
    statement.setArray(13, columns.of("int4", attempt -> attempt.item().fence()));
    statement.setArray(14, columns.of("uuid", attempt -> attempt.call().id()));
    statement.setArray(15, columns.of("int4", Attempt::ref));
    statement.setArray(
        16,
        columns.of(
            "text", attempt -> attempt.call().answered() ? LedgerEntry.ANSWERED : "unanswered"));
  }

  private static void bindShares(PreparedStatement statement, Columns<JobCostShare> columns)
      throws SQLException {
    statement.setArray(17, columns.of("uuid", JobCostShare::callId));
    statement.setArray(18, columns.of("uuid", JobCostShare::jobId));
    statement.setArray(19, columns.of("int4", JobCostShare::promptTokens));
    statement.setArray(20, columns.of("int4", JobCostShare::completionTokens));
    statement.setArray(21, columns.of("int4", JobCostShare::cachedTokens));
  }

  /** A call about one of its records. */
  private record Attempt(LedgerEntry call, ClaimedItem item, int ref) {}

  private static Stream<Attempt> attempts(LedgerEntry call) {
    return IntStream.range(0, call.items().size())
        .mapToObj(i -> new Attempt(call, call.items().get(i), i + 1));
  }
}
