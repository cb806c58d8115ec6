package io.burnish.access.audit;

import io.burnish.access.caller.AccessThreads;
import io.burnish.access.caller.Caller;
import io.burnish.database.Sql;
import io.burnish.metrics.ServiceMeters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit: a row for each admitted call that may change something, written before the call runs.
 * No change is made without a row. The status of the response is added after it was sent.
 * Thread-safe.
 */
@Singleton
public class Audit {

  private static final int LONGEST_ADDRESS = 1_000;

  private static final String ADD =
      "INSERT INTO audit (who, role, owner, key_id, operation, address, source) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";

  private static final String ENDED = "UPDATE audit SET status = ? WHERE id = ?";

  private static final String NEWEST =
      """
      SELECT id, at, who, role, owner, key_id, operation, address, source, status FROM audit
      WHERE id < ? ORDER BY id DESC LIMIT ?
      """;

  private final Sql sql;
  private final AccessThreads threads;
  private final ServiceMeters meters;

  Audit(Sql sql, AccessThreads threads, ServiceMeters meters) {
    this.sql = sql;
    this.threads = threads;
    this.meters = meters;
  }

  /**
   * Adds a row, on another thread.
   *
   * @param operation method and template of the address
   * @param address path of the request; cut after {@value #LONGEST_ADDRESS} characters
   * @param source IP address of the connection
   * @return the id of the row, which is stored; fails with a {@link
   *     io.burnish.database.DatabaseException} when it is not
   */
  public Uni<Long> add(Caller caller, String operation, String address, String source) {
    return threads.run(
        () -> {
          boolean written = false;
          try {
            long id = store(caller, operation, address, source);
            written = true;
            return id;
          } finally {
            meters.audited(written);
          }
        });
  }

  /**
   * Adds the status of the response, on another thread.
   *
   * @param id of the row
   * @return completes once it is stored; fails with a {@link io.burnish.database.DatabaseException}
   *     or a {@link java.util.concurrent.RejectedExecutionException} when it is not
   */
  public Uni<Void> ended(long id, int status) {
    return threads
        .run(
            () ->
                sql.run(
                    connection -> {
                      try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
                        statement.setInt(1, status);
                        statement.setLong(2, id);
                        return statement.executeUpdate();
                      }
                    }))
        .replaceWithVoid();
  }

  private long store(Caller caller, String operation, String address, String source) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setString(1, caller.name());
            statement.setString(2, caller.role().word());
            statement.setString(3, caller.owner());
            statement.setObject(4, caller.keyId());
            statement.setString(5, operation);
            statement.setString(
                6, address.substring(0, Math.min(LONGEST_ADDRESS, address.length())));
            statement.setString(7, source);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  /**
   * Entries, newest first.
   *
   * @param before only entries with a lower id; null: all
   * @param limit entries at most; over 0
   */
  public List<AuditEntry> newest(@Nullable Long before, int limit) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setLong(1, before == null ? Long.MAX_VALUE : before);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
              List<AuditEntry> entries = new ArrayList<>();
              while (rows.next()) {
                entries.add(entry(rows));
              }
              return entries;
            }
          }
        });
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("who"),
        row.getString("role"),
        row.getString("owner"),
        row.getObject("key_id", UUID.class),
        row.getString("operation"),
        row.getString("address"),
        row.getString("source"),
        row.getObject("status", Integer.class));
  }
}
