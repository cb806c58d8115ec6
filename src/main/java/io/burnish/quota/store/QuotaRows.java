package io.burnish.quota.store;

import io.burnish.quota.learn.AdaptiveConcurrency;
import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import io.burnish.quota.learn.Refill;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.ModelQuota;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, locks, reads and deletes rows of {@code model_quota}. */
public final class QuotaRows {

  /** One replica at a time opens a model: no unique index covers its newest row. */
  private static final String OPEN_LOCK =
      "SELECT pg_advisory_xact_lock(hashtext('model_quota'), hashtext(?))";

  /**
   * A bucket of tokens begins full: until the first response shows the level, one call is sent at a
   * time. A bucket of requests per minute begins with a few seconds' worth: no header shows its
   * level.
   */
  private static final String INSERT =
      """
      INSERT INTO model_quota (endpoint, model, rpm_limit, rpm_level, rpm_learned, rpd_limit, rpd_level, rpd_learned,
                               tpm_limit, tpm_level, tpm_learned, tpd_limit, tpd_level, tpd_learned)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELETE = "DELETE FROM model_quota WHERE endpoint = ? AND model = ?";

  private static final String ALL =
      Refill.COLUMNS
          + """
            FROM unnest(?::text[], ?::text[]) m (endpoint, model) CROSS JOIN LATERAL (
              SELECT * FROM model_quota n WHERE n.endpoint = m.endpoint AND n.model = m.model
              ORDER BY n.id DESC LIMIT 1) q
            """
          + Refill.JOINS
          + "ORDER BY q.model";

  private QuotaRows() {}

  /**
   * Creates a model's row or updates it: learned limits stay, named and configured limits replace
   * them, and limits that are no longer configured are dropped.
   */
  static void open(Connection connection, InitialLimits initial) throws SQLException {
    QuotaRow row = locked(connection, initial);
    boolean named = initial.source() == InitialLimits.Source.NAMED_PLAN;
    boolean configured = initial.source() == InitialLimits.Source.CONFIGURED;
    for (Dimension dimension : Dimension.values()) {
      String learned = row.learned().get(dimension);
      boolean replaced =
          configured
              || row.isFixed(dimension)
              || (named && (learned == null || row.isAssumed(dimension)));
      Double limit = initial.limits().of(dimension);
      if (replaced && limit != null && row.limits().of(dimension) == null) {
        row.begin(connection, dimension, limit, initial.learned());
      } else if (replaced) {
        row.set(connection, dimension, limit, initial.learned());
      }
    }
    if (row.adaptive() && !initial.isAssumed()) {
      AdaptiveConcurrency.end(connection, row, initial);
    }
    if (configured) {
      keepFixed(connection, row);
    }
  }

  /** Marks all dimensions as configured, so that none without a limit is learned. */
  private static void keepFixed(Connection connection, QuotaRow row) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE model_quota q SET rpm_learned = 'configured', rpd_learned = 'configured',
              tpm_learned = 'configured', tpd_learned = 'configured'
            WHERE %s
            """
                .formatted(QuotaRow.IS))) {
      row.bind(statement, 1);
      statement.executeUpdate();
    }
  }

  /** Locks a model's row until the transaction ends; creates it if it is missing. */
  static QuotaRow locked(Connection connection, InitialLimits initial) throws SQLException {
    Optional<QuotaRow> row = QuotaRow.lock(connection, initial.endpoint(), initial.model());
    if (row.isPresent()) {
      return row.get();
    }
    try (PreparedStatement lock = connection.prepareStatement(OPEN_LOCK)) {
      lock.setString(1, initial.endpoint() + ' ' + initial.model());
      lock.execute();
    }
    row = QuotaRow.lock(connection, initial.endpoint(), initial.model());
    if (row.isPresent()) {
      return row.get();
    }
    insert(connection, initial);
    return QuotaRow.lock(connection, initial.endpoint(), initial.model()).orElseThrow();
  }

  private static void insert(Connection connection, InitialLimits initial) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, initial.endpoint());
      insert.setString(2, initial.model());
      int at = 3;
      for (Dimension dimension : Dimension.values()) {
        Double limit = initial.limits().of(dimension);
        insert.setObject(at++, limit, Types.DOUBLE);
        insert.setDouble(at++, limit == null ? 0 : QuotaRow.opening(dimension, limit));
        insert.setString(at++, limit == null ? null : initial.learned());
      }
      insert.executeUpdate();
    }
  }

  /** Replaces a model's row by a new one. */
  static void reset(Connection connection, InitialLimits initial) throws SQLException {
    locked(connection, initial);
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, initial.endpoint());
      delete.setString(2, initial.model());
      delete.executeUpdate();
    }
    open(connection, initial);
  }

  /** The current quotas of models; models without a row are absent. */
  static List<ModelQuota> all(Connection connection, Collection<InitialLimits> models)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setArray(
          1, texts(connection, models.stream().map(InitialLimits::endpoint).toArray()));
      statement.setArray(2, texts(connection, models.stream().map(InitialLimits::model).toArray()));
      statement.setString(3, OpenReservations.NONE.holder());
      statement.setDouble(4, OpenReservations.NONE.calls());
      statement.setDouble(5, OpenReservations.NONE.tokens());
      try (ResultSet rows = statement.executeQuery()) {
        List<ModelQuota> all = new ArrayList<>();
        while (rows.next()) {
          all.add(quota(rows));
        }
        return all;
      }
    }
  }

  private static java.sql.Array texts(Connection connection, Object[] texts) throws SQLException {
    return connection.createArrayOf("text", texts);
  }

  private static ModelQuota quota(ResultSet row) throws SQLException {
    Instant now = instant(row, "t");
    Map<Dimension, ModelQuota.Bucket> buckets = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      Double limit = QuotaRow.number(row, dimension.column() + "_limit");
      if (limit != null) {
        double level = row.getDouble(dimension.column());
        double missing = Math.max(0, limit - level) * dimension.window().toSeconds() / limit;
        buckets.put(
            dimension,
            new ModelQuota.Bucket(
                limit,
                level,
                row.getString(dimension.column() + "_learned"),
                now.plus(Duration.ofMillis((long) (missing * 1000)))));
      }
    }
    Instant paused = instant(row, "paused_until");
    boolean isPaused = paused != null && paused.isAfter(now);
    boolean isAdaptive = row.getObject("adaptive_since") != null;
    return new ModelQuota(
        row.getString("model"),
        buckets,
        isAdaptive ? ModelQuota.PacingMode.ADAPTIVE : ModelQuota.PacingMode.LIMITS,
        isAdaptive ? Optional.of((long) row.getDouble("concurrency_limit")) : Optional.empty(),
        Optional.ofNullable(isPaused ? paused : null),
        Optional.ofNullable(isPaused ? row.getString("pause_reason") : null),
        row.getLong("throttled"),
        row.getDouble("co_tenant_rate") * 60);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
