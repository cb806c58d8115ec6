package io.burnish.tracking;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of one provider's tracking is to be forgotten.
 *
 * @param profile only what belongs to this profile; null: to any
 * @param state only what ended so; null: in any way
 * @param key only what is known under this key; null: under any, or none
 */
record Forgetting(@Nullable String profile, @Nullable TrackedState state, @Nullable String key) {

  static final Forgetting EVERYTHING = new Forgetting(null, null, null);

  /** Forgets contents and imported keys. Returns how many. */
  int forget(Connection connection, String provider) throws SQLException {
    int forgotten =
        delete(connection, provider, "enhancement") + delete(connection, provider, "imported_key");
    if (equals(EVERYTHING)) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM imported_429_count WHERE provider = ?")) {
        statement.setString(1, provider);
        statement.executeUpdate();
      }
    }
    return forgotten;
  }

  private int delete(Connection connection, String provider, String table) throws SQLException {
    StringBuilder sql = new StringBuilder("DELETE FROM " + table + " WHERE provider = ?");
    List<String> values = new ArrayList<>(List.of(provider));
    if (profile != null) {
      sql.append(" AND profile = ?");
      values.add(profile);
    }
    if (key != null) {
      sql.append(" AND left(record_key, 200) = left(?, 200) AND record_key = ?");
      values.addAll(List.of(key, key));
    }
    if (state != null) {
      sql.append(
          switch (state) {
            case PROCESSED -> " AND state = 'processed'";
            case FAILED -> " AND state = 'failed'";
          });
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      return statement.executeUpdate();
    }
  }
}
