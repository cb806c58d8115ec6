package io.burnish.queue.item;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Counts items that are decided at intake, and writes the first counters of their job. */
public final class DecidedAtIntake {

  private static final String OF_JOB =
      "INSERT INTO job_progress (job_id, version, succeeded, failed, reused) VALUES (?, 1, ?, ?, 0)";

  private static final String OF_FILES =
      """
      INSERT INTO job_file_progress (job_id, ordinal, version, succeeded, failed, reused)
      SELECT ?, ordinal, 1, succeeded, failed, 0
      FROM unnest(?::int[], ?::int[], ?::int[]) AS d(ordinal, succeeded, failed)
      """;

  private final Counter all = new Counter();
  private final Map<Integer, Counter> byFile = new TreeMap<>();

  private static final class Counter {
    private int succeeded;
    private int failed;

    private void add(ItemState state) {
      if (state == ItemState.SUCCEEDED) {
        succeeded++;
      } else {
        failed++;
      }
    }
  }

  /** Counts an item that is decided when it is stored. */
  public void count(NewItem item) {
    if (item.state() == ItemState.SUCCEEDED || item.state() == ItemState.FAILED) {
      all.add(item.state());
      if (item.file() != null) {
        byFile.computeIfAbsent(item.file(), file -> new Counter()).add(item.state());
      }
    }
  }

  /** Inserts the counters; none if no item was counted. */
  public void write(Connection connection, UUID job) throws SQLException {
    if (all.succeeded + all.failed > 0) {
      try (PreparedStatement statement = connection.prepareStatement(OF_JOB)) {
        statement.setObject(1, job);
        statement.setInt(2, all.succeeded);
        statement.setInt(3, all.failed);
        statement.executeUpdate();
      }
    }
    if (!byFile.isEmpty()) {
      Columns<Map.Entry<Integer, Counter>> columns =
          new Columns<>(connection, List.copyOf(byFile.entrySet()));
      try (PreparedStatement statement = connection.prepareStatement(OF_FILES)) {
        statement.setObject(1, job);
        statement.setArray(2, columns.of("int4", Map.Entry::getKey));
        statement.setArray(3, columns.of("int4", file -> file.getValue().succeeded));
        statement.setArray(4, columns.of("int4", file -> file.getValue().failed));
        statement.executeUpdate();
      }
    }
  }
}
