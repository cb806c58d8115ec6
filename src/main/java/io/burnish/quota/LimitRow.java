package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's limits as its row has them. Who reads them holds the row until his transaction ends.
 *
 * @param limits as they are taken to be
 * @param learned where each was learned, one of {@link Learning}'s words; no limit, no entry
 */
record LimitRow(Limits limits, Map<Dimension, String> learned) {

  private static final String READ =
      """
      SELECT rpm_limit, rpd_limit, tpm_limit, tpd_limit, rpm_learned, rpd_learned, tpm_learned, tpd_learned
      FROM model_quota WHERE model = ? FOR UPDATE
      """;

  /** A level never rises with its limit: what is left is for the provider to tell. */
  private static final String SET =
      """
      UPDATE model_quota SET %1$s_limit = ?, %1$s_learned = ?, %1$s_level = LEAST(%1$s_level, COALESCE(?, %1$s_level))
      WHERE model = ?
      """;

  /**
   * Reads and holds the row.
   *
   * @throws IllegalStateException when the model has none
   */
  static LimitRow read(Connection connection, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, model);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("the quota of model %s was not opened".formatted(model));
        }
        return of(row);
      }
    }
  }

  private static LimitRow of(ResultSet row) throws SQLException {
    Map<Dimension, String> learned = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      String from = row.getString(dimension.column() + "_learned");
      if (from != null) {
        learned.put(dimension, from);
      }
    }
    return new LimitRow(
        new Limits(
            number(row, "rpm_limit"),
            number(row, "rpd_limit"),
            number(row, "tpm_limit"),
            number(row, "tpd_limit")),
        learned);
  }

  /** A number of a row, or null. */
  static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** Writes one limit; null: there is none, and nothing was learned. */
  static void set(
      Connection connection,
      String model,
      Dimension dimension,
      @Nullable Double limit,
      String learned)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SET.formatted(dimension.column()))) {
      statement.setObject(1, limit, Types.DOUBLE);
      statement.setString(2, limit == null ? null : learned);
      statement.setObject(3, limit, Types.DOUBLE);
      statement.setString(4, model);
      statement.executeUpdate();
    }
  }

  /** Whether a person named the limit, so that nothing corrects it. */
  boolean isFixed(Dimension dimension) {
    return Learning.CONFIGURED.equals(learned.get(dimension));
  }

  /** Whether nobody told the limit: it is the plan's, or found by trying. */
  boolean isGuessed(Dimension dimension) {
    String from = learned.get(dimension);
    return Learning.PLAN.equals(from) || Learning.ADAPTIVE.equals(from);
  }
}
