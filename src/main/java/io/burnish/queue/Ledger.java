package io.burnish.queue;

import io.burnish.database.Columns;
import io.burnish.database.TextArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps every HTTP call, and what it meant for each of its records. */
final class Ledger {

  /** Said twice, after a commit whose acknowledgement was lost, it is kept once. */
  private static final String CALLS =
      """
      WITH kept AS (
        INSERT INTO provider_call (id, model, outcome, http_status, prompt_tokens, completion_tokens, cached_tokens,
                                   latency_ms, request_id, message, raw_answer)
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::smallint[], ?::int[], ?::int[], ?::int[],
                             ?::int[], ?::text[], ?::text[], ?::text[])
        ON CONFLICT (id) DO NOTHING
        RETURNING id)
      INSERT INTO attempt (item_id, fence, call_id, ref, outcome)
      SELECT a.item_id, a.fence, a.call_id, a.ref, a.outcome
      FROM unnest(?::bigint[], ?::int[], ?::uuid[], ?::int[], ?::text[]) AS a(item_id, fence, call_id, ref, outcome)
      JOIN kept ON kept.id = a.call_id
      """;

  private static final String REFUSALS =
      """
      SELECT c.model, a.errors FROM attempt a JOIN provider_call c ON c.id = a.call_id
      WHERE a.item_id = ? AND a.outcome = 'refused' ORDER BY a.id
      """;

  private Ledger() {}

  static int insert(Connection connection, List<LedgerEntry> calls) throws SQLException {
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
      statement.setArray(9, columns.of("text", LedgerEntry::requestId));
      statement.setArray(10, columns.texts(call -> call.message()));
      statement.setArray(11, columns.texts(call -> call.rawAnswer()));
      bindAttempts(
          statement, new Columns<>(connection, calls.stream().flatMap(Ledger::attempts).toList()));
      return statement.executeUpdate();
    }
  }

  private static void bindAttempts(PreparedStatement statement, Columns<Attempt> columns)
      throws SQLException {
    statement.setArray(12, columns.of("int8", attempt -> attempt.item().id()));
    statement.setArray(13, columns.of("int4", attempt -> attempt.item().fence()));
    statement.setArray(14, columns.of("uuid", attempt -> attempt.call().id()));
    statement.setArray(15, columns.of("int4", Attempt::ref));
    statement.setArray(
        16, columns.of("text", attempt -> attempt.call().answered() ? "answered" : "unanswered"));
  }

  /** What a call was for one of its records. */
  private record Attempt(LedgerEntry call, ClaimedItem item, int ref) {}

  private static Stream<Attempt> attempts(LedgerEntry call) {
    return IntStream.range(0, call.items().size())
        .mapToObj(i -> new Attempt(call, call.items().get(i), i + 1));
  }

  static List<String> refusals(Connection connection, long itemId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REFUSALS)) {
      statement.setLong(1, itemId);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> refusals = new ArrayList<>();
        for (int attempt = 1; rows.next(); attempt++) {
          for (String error : TextArray.read(rows.getArray("errors"))) {
            refusals.add("attempt %d, %s: %s".formatted(attempt, rows.getString("model"), error));
          }
        }
        return refusals;
      }
    }
  }
}
