package io.burnish.quota;

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

/** Opens, locks, shows and removes the rows of quotas. */
final class QuotaRows {

  /** One model is opened by one replica at a time: no unique index names its newest row. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('model_quota'), hashtext(?))";

  /**
   * A bucket of tokens begins full, as one call at a time is sent until the first response tells
   * what is left; one of requests with a few seconds' worth, as no header tells.
   */
  private static final String INSERT =
      """
      INSERT INTO model_quota (endpoint, model, rpm_limit, rpm_level, rpm_learned, rpd_limit, rpd_level, rpd_learned,
                               tpm_limit, tpm_level, tpm_learned, tpd_limit, tpd_level, tpd_learned)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String REMOVE = "DELETE FROM model_quota WHERE endpoint = ? AND model = ?";

  private static final double OPENING_SECONDS = 5;

  private static final String ALL =
      Refill.COLUMNS
          + """
            FROM unnest(?::text[], ?::text[]) m (endpoint, model) CROSS JOIN LATERAL (
              SELECT * FROM model_quota n WHERE n.endpoint = m.endpoint AND n.model = m.model
              ORDER BY n.id DESC LIMIT 1) q
            """
          + Refill.BESIDE
          + "ORDER BY q.model";

  private QuotaRows() {}

  /**
   * Makes sure that a model has a row. What is known of one from before is kept; what its terms say
   * for certain holds for it, and what was configured once and is not any more is given up.
   */
  static void open(Connection connection, ModelTerms terms) throws SQLException {
    QuotaRow row = locked(connection, terms);
    boolean named = terms.source() == ModelTerms.Source.NAMED_PLAN;
    boolean configured = terms.source() == ModelTerms.Source.CONFIGURED;
    for (Dimension dimension : Dimension.values()) {
      String learned = row.learned().get(dimension);
      boolean replaced =
          configured
              || row.isFixed(dimension)
              || (named && (learned == null || row.isGuessed(dimension)));
      Double limit = terms.limits().of(dimension);
      if (replaced && limit != null && row.limits().of(dimension) == null) {
        row.begin(connection, dimension, limit, terms.learned());
      } else if (replaced) {
        row.set(connection, dimension, limit, terms.learned());
      }
    }
    if (row.adaptive() && !terms.isGuess()) {
      AdaptiveConcurrency.end(connection, row, terms);
    }
    if (configured) {
      keepFixed(connection, row);
    }
  }

  /** A dimension that is configured to have no limit is not learned either. */
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

  /** Locks a model's row until the transaction ends; one that is missing is made. */
  static QuotaRow locked(Connection connection, ModelTerms terms) throws SQLException {
    Optional<QuotaRow> row = QuotaRow.lock(connection, terms.endpoint(), terms.model());
    if (row.isPresent()) {
      return row.get();
    }
    try (PreparedStatement lock = connection.prepareStatement(ONE_AT_A_TIME)) {
      lock.setString(1, terms.endpoint() + ' ' + terms.model());
      lock.execute();
    }
    row = QuotaRow.lock(connection, terms.endpoint(), terms.model());
    if (row.isPresent()) {
      return row.get();
    }
    insert(connection, terms);
    return QuotaRow.lock(connection, terms.endpoint(), terms.model()).orElseThrow();
  }

  private static void insert(Connection connection, ModelTerms terms) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, terms.endpoint());
      insert.setString(2, terms.model());
      int at = 3;
      for (Dimension dimension : Dimension.values()) {
        Double limit = terms.limits().of(dimension);
        insert.setObject(at++, limit, Types.DOUBLE);
        insert.setDouble(at++, limit == null ? 0 : opening(dimension, limit));
        insert.setString(at++, limit == null ? null : terms.learned());
      }
      insert.executeUpdate();
    }
  }

  /** The level that a bucket begins with. */
  static double opening(Dimension dimension, double limit) {
    return dimension == Dimension.RPM
        ? Math.max(1, limit * OPENING_SECONDS / dimension.window().toSeconds())
        : limit;
  }

  /** Everything that was learned of a model is forgotten: its row begins anew. */
  static void forget(Connection connection, ModelTerms terms) throws SQLException {
    locked(connection, terms);
    try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
      remove.setString(1, terms.endpoint());
      remove.setString(2, terms.model());
      remove.executeUpdate();
    }
    open(connection, terms);
  }

  /** The quotas of models as they are now; one without a row is missing. */
  static List<ModelQuota> all(Connection connection, Collection<ModelTerms> models)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setArray(1, texts(connection, models.stream().map(ModelTerms::endpoint).toArray()));
      statement.setArray(2, texts(connection, models.stream().map(ModelTerms::model).toArray()));
      statement.setString(3, OpenReservations.NOTHING.holder());
      statement.setDouble(4, OpenReservations.NOTHING.calls());
      statement.setDouble(5, OpenReservations.NOTHING.tokens());
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
