package io.burnish.quota.learn;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.LimitSource;
import io.burnish.quota.limit.Limits;
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
 * A model's row at the time it was locked. The lock lasts until the transaction ends.
 *
 * @param endpoint address of the provider
 * @param id id of the row, valid within the transaction
 * @param model its name
 * @param limits known or assumed limits
 * @param learned the source of each limit, see {@link LimitSource}; no entry without a limit
 * @param untold usable answers in a row without limits
 * @param adaptive whether no plan is assumed, because the provider reports no limits
 */
public record QuotaRow(
    String endpoint,
    String model,
    long id,
    Limits limits,
    Map<Dimension, String> learned,
    int untold,
    boolean adaptive) {

  private static final double OPENING_SECONDS = 5;

  /**
   * Finds the row {@code q}; three parameters, see {@link #bind}. Names all columns of the index as
   * parameters: a join or a part of them would read every dead version of the row.
   */
  public static final String IS = "(q.endpoint, q.model, q.id) = (?, ?, ?)";

  /**
   * A row gets a new id after so many writes. While another transaction holds a snapshot, dead
   * versions stay; a lookup by id reads those of this id only.
   */
  private static final int WRITES_PER_ID = 200;

  /**
   * Locks the newest row. The commit is asynchronous: a crash of the database may lose the last
   * changes of levels, on which nothing else depends.
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

  /** A level does not rise with its limit: only the provider knows what is left. */
  private static final String SET =
      """
      UPDATE model_quota q SET %1$s_limit = ?, %1$s_learned = ?, %1$s_level = LEAST(%1$s_level, COALESCE(?, %1$s_level)),
        writes = writes + 1
      WHERE %2$s
      """;

  private static final String BEGIN =
      "UPDATE model_quota q SET %1$s_limit = ?, %1$s_learned = ?, %1$s_level = ?, writes = writes + 1 WHERE %2$s";

  /** Locks a model's row; empty if there is none. */
  public static Optional<QuotaRow> lock(Connection connection, String endpoint, String model)
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
            row.getInt("writes") < WRITES_PER_ID ? locked : of(row, locked.newId(connection)));
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

  /** Sets the parameters of {@link #IS}; returns the index of the next parameter. */
  public int bind(PreparedStatement statement, int at) throws SQLException {
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

  /** A number in a row; may be null. */
  public static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** Writes one limit; null deletes it. */
  public void set(Connection connection, Dimension dimension, @Nullable Double limit, String from)
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

  /** Writes a limit that did not exist, with the first level of its bucket. */
  public void begin(Connection connection, Dimension dimension, double limit, String from)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(BEGIN.formatted(dimension.column(), IS))) {
      statement.setDouble(1, limit);
      statement.setString(2, from);
      statement.setDouble(3, opening(dimension, limit));
      bind(statement, 4);
      statement.executeUpdate();
    }
  }

  /** Whether the limit is configured, so that nothing corrects it. */
  public boolean isFixed(Dimension dimension) {
    return LimitSource.CONFIGURED.equals(learned.get(dimension));
  }

  /** Whether the limit is not confirmed: it is from the plan table or found by trial. */
  public boolean isAssumed(Dimension dimension) {
    String from = learned.get(dimension);
    return LimitSource.PLAN.equals(from) || LimitSource.ADAPTIVE.equals(from);
  }

  /** The first level of a bucket. */
  public static double opening(Dimension dimension, double limit) {
    return dimension == Dimension.RPM
        ? Math.max(1, limit * OPENING_SECONDS / dimension.window().toSeconds())
        : limit;
  }
}
