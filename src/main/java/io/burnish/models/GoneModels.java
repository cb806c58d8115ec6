package io.burnish.models;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Remembers which models are gone, over restarts and replicas. */
@Singleton
class GoneModels {

  private static final Logger LOG = Logger.getLogger(GoneModels.class);

  private static final String ALL =
      "SELECT model, gone_reason FROM model_state WHERE decommissioned_at IS NOT NULL";

  private static final String ADD =
      """
      INSERT INTO model_state (model, decommissioned_at, gone_reason) VALUES (?, clock_timestamp(), ?)
      ON CONFLICT (model) DO UPDATE SET decommissioned_at = EXCLUDED.decommissioned_at, gone_reason = EXCLUDED.gone_reason
      """;

  private final Sql sql;

  GoneModels(Sql sql) {
    this.sql = sql;
  }

  /** Names and reasons. */
  Map<String, String> all() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ALL);
              ResultSet rows = statement.executeQuery()) {
            Map<String, String> gone = new HashMap<>();
            while (rows.next()) {
              gone.put(rows.getString(1), rows.getString(2));
            }
            return gone;
          }
        });
  }

  /** Remembers one. Without the database it is forgotten at the next start, and found out again. */
  void add(String model, String reason) {
    try {
      sql.run(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
              statement.setString(1, model);
              statement.setString(2, reason);
              return statement.executeUpdate();
            }
          });
    } catch (RuntimeException e) {
      LOG.warnf("That model %s is gone could not be kept: %s", model, e.getMessage());
    }
  }
}
