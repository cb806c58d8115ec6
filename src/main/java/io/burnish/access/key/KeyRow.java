package io.burnish.access.key;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code access_key}. */
final class KeyRow {

  /** Columns of {@link #caller}. */
  static final String OF_CALLER =
      """
      k.id, k.name, k.role, k.owner, k.max_open_jobs, k.max_records, k.max_body_bytes, k.max_cost_per_day,
        k.max_requests_per_second, k.directories
      """;

  /** Columns of {@link #key}. */
  static final String OF_KEY =
      OF_CALLER
          + """
      , k.created_at, k.created_by, k.expires_at, k.revoked_at, k.last_used_at,
        COALESCE(k.expires_at <= clock_timestamp(), false) AS expired
      """;

  private KeyRow() {}

  static Caller caller(ResultSet row) throws SQLException {
    return new Caller(
        row.getString("name"),
        role(row),
        row.getString("owner"),
        row.getObject("id", UUID.class),
        limits(row),
        directories(row));
  }

  static AccessKey key(ResultSet row) throws SQLException {
    return new AccessKey(
        row.getObject("id", UUID.class),
        row.getString("name"),
        role(row),
        row.getString("owner"),
        limits(row),
        directories(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        instant(row, "expires_at"),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"),
        row.getBoolean("expired"));
  }

  private static Role role(ResultSet row) throws SQLException {
    return Role.of(row.getString("role")).orElseThrow();
  }

  private static KeyLimits limits(ResultSet row) throws SQLException {
    return new KeyLimits(
        row.getObject("max_open_jobs", Integer.class),
        row.getObject("max_records", Integer.class),
        row.getObject("max_body_bytes", Long.class),
        row.getBigDecimal("max_cost_per_day"),
        row.getObject("max_requests_per_second", Integer.class));
  }

  private static List<String> directories(ResultSet row) throws SQLException {
    Array paths = row.getArray("directories");
    return List.of((String[]) paths.getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
