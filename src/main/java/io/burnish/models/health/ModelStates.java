package io.burnish.models.health;

import io.burnish.database.BoundStatement;
import io.burnish.database.Sql;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.RequestField;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of the models of this endpoint, over restarts and replicas: which are
 * decommissioned, and which fields each refuses. Thread-safe.
 */
@Singleton
public class ModelStates {

  /** A refused field is tried again after this, because endpoints change. */
  private static final String RETENTION = "interval '1 day'";

  private static final String STATES =
      "SELECT model, decommissioned_at, decommissioned_reason, reset_at FROM model_state WHERE endpoint = ?";

  private static final String REFUSALS =
      "SELECT model, field, reason, refused_at, refused_at + %s AS until FROM model_capability WHERE endpoint = ? AND refused_at > clock_timestamp() - %s"
          .formatted(RETENTION, RETENTION);

  private static final String RETIRE =
      """
      INSERT INTO model_state (endpoint, model, decommissioned_at, decommissioned_reason) VALUES (?, ?, clock_timestamp(), ?)
      ON CONFLICT (endpoint, model) DO UPDATE SET decommissioned_at = EXCLUDED.decommissioned_at, decommissioned_reason = EXCLUDED.decommissioned_reason
      """;

  private static final String REFUSE =
      """
      INSERT INTO model_capability (endpoint, model, field, reason, refused_at) VALUES (?, ?, ?, ?, clock_timestamp())
      ON CONFLICT (endpoint, model, field) DO UPDATE SET reason = EXCLUDED.reason, refused_at = EXCLUDED.refused_at
      """;

  private static final String FORGET =
      """
      INSERT INTO model_state (endpoint, model, reset_at) VALUES (?, ?, clock_timestamp())
      ON CONFLICT (endpoint, model) DO UPDATE SET decommissioned_at = NULL, decommissioned_reason = NULL, reset_at = EXCLUDED.reset_at
      RETURNING reset_at
      """;

  private static final String FORGET_REFUSALS =
      "DELETE FROM model_capability WHERE endpoint = ? AND model = ?";

  private final Sql sql;
  private final String endpoint;

  ModelStates(Sql sql, ProviderConfig provider) {
    this.sql = sql;
    this.endpoint = provider.endpoint();
  }

  /**
   * A model's row.
   *
   * @param decommissioned why it is decommissioned; empty when it is not
   * @param resetAt when it was last reset; empty: never
   */
  public record State(String model, Optional<String> decommissioned, Optional<Instant> resetAt) {}

  /**
   * A field that a model refuses.
   *
   * @param reason in the provider's words
   * @param since when it was refused
   * @param until when it is sent again
   */
  public record RefusedField(
      String model, RequestField field, String reason, Instant since, Instant until) {}

  /** All stored states and refusals. */
  public record Known(List<State> states, List<RefusedField> refusals) {}

  /** Reads all stored states and refusals. */
  public Known all() {
    return sql.run(connection -> new Known(states(connection), refusals(connection)));
  }

  private List<State> states(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATES)) {
      statement.setString(1, endpoint);
      try (ResultSet rows = statement.executeQuery()) {
        List<State> states = new ArrayList<>();
        while (rows.next()) {
          boolean gone = rows.getObject("decommissioned_at") != null;
          states.add(
              new State(
                  rows.getString("model"),
                  gone
                      ? Optional.of(String.valueOf(rows.getString("decommissioned_reason")))
                      : Optional.empty(),
                  Optional.ofNullable(instant(rows, "reset_at"))));
        }
        return states;
      }
    }
  }

  private List<RefusedField> refusals(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REFUSALS)) {
      statement.setString(1, endpoint);
      try (ResultSet rows = statement.executeQuery()) {
        List<RefusedField> refusals = new ArrayList<>();
        while (rows.next()) {
          refusals.addAll(refusal(rows));
        }
        return refusals;
      }
    }
  }

  /** Skips fields that this version does not know, because it does not send them. */
  private static List<RefusedField> refusal(ResultSet row) throws SQLException {
    List<RefusedField> found = new ArrayList<>();
    String word = row.getString("field");
    for (RequestField field : RequestField.values()) {
      Instant since = instant(row, "refused_at");
      Instant until = instant(row, "until");
      if (field.word().equals(word) && since != null && until != null) {
        found.add(
            new RefusedField(row.getString("model"), field, row.getString("reason"), since, until));
      }
    }
    return found;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** Stores that a model is decommissioned. */
  public void decommission(String model, String reason) {
    update(RETIRE, endpoint, model, storable(reason));
  }

  /** Stores that a model refuses a field. */
  void saveRefusal(String model, RequestField field, String reason) {
    update(REFUSE, endpoint, model, field.word(), storable(reason));
  }

  /**
   * Deletes what is stored of a model, and marks the reset for other replicas.
   *
   * @return the time of the reset, as in {@link State#resetAt}
   */
  public Instant reset(String model) {
    return sql.run(
        connection -> {
          Instant at = forget(connection, model);
          BoundStatement.of(FORGET_REFUSALS, endpoint, model).update(connection);
          return at;
        });
  }

  private Instant forget(Connection connection, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setString(1, endpoint);
      statement.setString(2, model);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  private void update(String statement, Object... values) {
    sql.run(connection -> BoundStatement.of(statement, values).update(connection));
  }

  /** PostgreSQL stores no NUL. */
  private static String storable(String reason) {
    return reason.replace("\0", "");
  }
}
