package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's row as it was when it was locked. It stays locked until the transaction ends.
 *
 * @param endpoint the address it belongs to
 * @param id of the row, as long as the transaction lasts
 * @param model its name
 * @param limits as they are taken to be
 * @param learned where each was learned, one of {@link LimitLearning}'s words; no limit, no entry
 * @param untold usable answers in a row that told no limit
 * @param adaptive whether no plan is assumed, as nobody tells limits
 */
record QuotaRow(
    String endpoint,
    String model,
    long id,
    Limits limits,
    Map<Dimension, String> learned,
    int untold,
    boolean adaptive) {

  /**
   * Finds the row {@code q}; three parameters: see {@link #bind}. All columns of the one index are
   * named, and as parameters: joined, or by a part of them, the row is found by walking every dead
   * version.
   */
  static final String IS = "(q.endpoint, q.model, q.id) = (?, ?, ?)";

  /**
   * After so many writes a row takes a new id. While a snapshot is held, dead versions stay, and a
   * lookup by id passes those of this id only.
   */
  private static final int WRITES_OF_AN_ID = 200;

  /**
   * Locks the newest row. The commit waits for no disk: levels may lose the last moments in a crash
   * of the database, and nothing else depends on them.
   */
  private static final String LOCK =
      """
      SELECT set_config('synchronous_commit', 'off', true), endpoint, model, id, writes,
             rpm_limit, rpd_limit, tpm_limit, tpd_limit, rpm_learned, rpd_learned, tpm_learned, tpd_learned,
             answers_without_limits, adaptive_since IS NOT NULL AS adaptive
      FROM model_quota WHERE endpoint = ? AND model = ? ORDER BY id DESC LIMIT 1 FOR UPDATE
      """;

  private static final String NEW_ID =
      "UPDATE model_quota q SET id = DEFAULT, writes = 0 WHERE %s RETURNING id".formatted(IS);

  /** A level never rises with its limit: what is left is for the provider to tell. */
  private static final String SET =
      """
      UPDATE model_quota q SET %1$s_limit = ?, %1$s_learned = ?, %1$s_level = LEAST(%1$s_level, COALESCE(?, %1$s_level)),
        writes = writes + 1
      WHERE %2$s
      """;

  private static final String BEGIN =
      "UPDATE model_quota q SET %1$s_limit = ?, %1$s_learned = ?, %1$s_level = ?, writes = writes + 1 WHERE %2$s";

  /** Locks a model's row; empty when there is none. */
  static Optional<QuotaRow> lock(Connection connection, String endpoint, String model)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, endpoint);
      statement.setString(2, model);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        QuotaRow locked = of(row, row.getLong("id"));
        return Optional.of(
            row.getInt("writes") < WRITES_OF_AN_ID ? locked : of(row, locked.newId(connection)));
      }
    }
  }

  private long newId(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEW_ID)) {
      bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Sets the parameters of {@link #IS}; the next one's place. */
  int bind(PreparedStatement statement, int at) throws SQLException {
    statement.setString(at, endpoint);
    statement.setString(at + 1, model);
    statement.setLong(at + 2, id);
    return at + 3;
  }

  private static QuotaRow of(ResultSet row, long id) throws SQLException {
    Map<Dimension, String> learned = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      String from = row.getString(dimension.column() + "_learned");
      if (from != null) {
        learned.put(dimension, from);
      }
    }
    return new QuotaRow(
        row.getString("endpoint"),
        row.getString("model"),
        id,
        new Limits(
            number(row, "rpm_limit"),
            number(row, "rpd_limit"),
            number(row, "tpm_limit"),
            number(row, "tpd_limit")),
        learned,
        row.getInt("answers_without_limits"),
        row.getBoolean("adaptive"));
  }

  /** A number of a row, or null. */
  static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** Writes one limit; null: there is none, and nothing was learned. */
  void set(Connection connection, Dimension dimension, @Nullable Double limit, String from)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SET.formatted(dimension.column(), IS))) {
      statement.setObject(1, limit, Types.DOUBLE);
      statement.setString(2, limit == null ? null : from);
      statement.setObject(3, limit, Types.DOUBLE);
      bind(statement, 4);
      statement.executeUpdate();
    }
  }

  /**
   * Writes one limit, with the level that a new row begins with; for limits that were not there.
   */
  void begin(Connection connection, Dimension dimension, double limit, String from)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(BEGIN.formatted(dimension.column(), IS))) {
      statement.setDouble(1, limit);
      statement.setString(2, from);
      statement.setDouble(3, QuotaRows.opening(dimension, limit));
      bind(statement, 4);
      statement.executeUpdate();
    }
  }

  /** Whether a person named the limit, so that nothing corrects it. */
  boolean isFixed(Dimension dimension) {
    return LimitLearning.CONFIGURED.equals(learned.get(dimension));
  }

  /** Whether nobody told the limit: it is the plan's, or found by trying. */
  boolean isGuessed(Dimension dimension) {
    String from = learned.get(dimension);
    return LimitLearning.PLAN.equals(from) || LimitLearning.ADAPTIVE.equals(from);
  }
}
