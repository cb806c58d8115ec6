package io.burnish.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a job.
 *
 * @param named whether the name changes
 * @param name the new name; null: none
 * @param priority the new priority; null: as before
 * @param timed whether the deadline changes
 * @param deadline the new deadline; null: none
 */
public record JobChanges(
    boolean named,
    @Nullable String name,
    @Nullable JobPriority priority,
    boolean timed,
    @Nullable Instant deadline) {

  private static final String UPDATE =
      """
      UPDATE job SET name = CASE WHEN ? THEN ? ELSE name END, priority = COALESCE(?, priority),
        deadline = CASE WHEN ? THEN ?::timestamptz ELSE deadline END, version = version + 1
      WHERE id = ?
      """;

  boolean concernOnlyName() {
    return priority == null && !timed;
  }

  int apply(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setBoolean(1, named);
      statement.setString(2, name);
      statement.setString(3, priority == null ? null : priority.word());
      statement.setBoolean(4, timed);
      statement.setObject(
          5, deadline == null ? null : OffsetDateTime.ofInstant(deadline, ZoneOffset.UTC));
      statement.setObject(6, job);
      return statement.executeUpdate();
    }
  }
}
