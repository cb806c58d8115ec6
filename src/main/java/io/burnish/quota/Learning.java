package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Corrects limits by what the provider tells. Rare, so it may look at the row first; always within
 * one transaction that holds the row.
 */
final class Learning {

  private static final Logger LOG = Logger.getLogger(Learning.class);

  static final String PLAN = "plan";
  static final String CONFIGURED = "configured";
  static final String HEADERS = "headers";
  static final String REFUSED = "429";
  static final String ADAPTIVE = "adaptive";

  /** No account has more; what tells more is broken, and must not open the gates. */
  private static final double LARGEST = 1e9;

  /** No chat model has fewer tokens a minute; and nothing could be sent to correct it. */
  private static final double SMALLEST_TOKENS = 1_000;

  /** What a provider that tells nothing is cut to, each time it refuses. */
  private static final double CUT = 0.7;

  /** Calls a minute that are always tried, so that nothing ever stalls. */
  private static final double FLOOR = 6;

  /** Refusals within so long of a cut belong to the burst that was cut. */
  private static final String SAME_BURST = "interval '2 seconds'";

  private static final String ADAPT =
      """
      UPDATE model_quota SET ceiling = rpm_limit, rpm_limit = GREATEST(?, rpm_limit * ?),
        rpm_level = LEAST(rpm_level, 0), cut_at = clock_timestamp()
      WHERE model = ? AND rpm_learned = 'adaptive'
        AND (cut_at IS NULL OR cut_at < clock_timestamp() - %s)
      """
          .formatted(SAME_BURST);

  /** The rate to begin with where nobody tells a limit. */
  private static final String BEGIN_TO_ADAPT =
      """
      UPDATE model_quota SET rpm_limit = 60, rpm_level = 0, rpm_learned = 'adaptive', cut_at = clock_timestamp()
      WHERE model = ? AND rpm_limit IS NULL
      """;

  private static final String COUNT =
      "UPDATE model_quota SET throttled = throttled + 1 WHERE model = ?";

  private static final String PAUSE =
      """
      UPDATE model_quota SET paused_until = GREATEST(paused_until, clock_timestamp() + ? * interval '1 millisecond'),
        pause_reason = ?
      WHERE model = ?
      """;

  private Learning() {}

  /**
   * A response tells the requests a day and the tokens a minute.
   *
   * @param follows whether a plan that turns out to be another one is followed in the limits that
   *     no header tells
   */
  static void told(Connection connection, String model, Seen seen, boolean follows)
      throws SQLException {
    LimitRow row = LimitRow.read(connection, model);
    boolean changed =
        told(connection, model, row, Dimension.RPD, seen.requestsPerDay().orElse(null))
            | told(connection, model, row, Dimension.TPM, seen.tokensPerMinute().orElse(null));
    if (changed
        && follows
        && seen.requestsPerDay().isPresent()
        && seen.tokensPerMinute().isPresent()) {
      Limits plan =
          PlanTable.matching(model, seen.requestsPerDay().get(), seen.tokensPerMinute().get())
              .orElse(Limits.NONE);
      for (Dimension hidden : new Dimension[] {Dimension.RPM, Dimension.TPD}) {
        if (row.isGuessed(hidden)) {
          LimitRow.set(connection, model, hidden, plan.of(hidden), PLAN);
        }
      }
    }
  }

  private static boolean told(
      Connection connection, String model, LimitRow row, Dimension dimension, @Nullable Long told)
      throws SQLException {
    Double before = row.limits().of(dimension);
    if (told == null
        || row.isFixed(dimension)
        || (before != null && before == told.doubleValue())) {
      return false;
    }
    if (!sane(told) || (dimension.countsTokens() && told < SMALLEST_TOKENS)) {
      LOG.warnf(
          "Model %s: a header tells a limit of %d (%s), which can't be; it is passed over",
          model, told, dimension);
      return false;
    }
    LOG.infof(
        "Model %s: the limit is %d (%s), as a header tells; assumed was %s",
        model, told, dimension, before == null ? "none" : "%.0f".formatted(before));
    LimitRow.set(connection, model, dimension, told.doubleValue(), HEADERS);
    return true;
  }

  private static boolean sane(double limit) {
    return limit >= 1 && limit <= LARGEST;
  }

  /** A call was refused. */
  static void refused(Connection connection, String model, Refusal refusal) throws SQLException {
    LimitRow row = LimitRow.read(connection, model);
    update(connection, COUNT, model);
    if (refusal.dimension().isPresent() && refusal.limit().filter(Learning::sane).isPresent()) {
      byFigures(connection, model, row, refusal);
    } else if (refusal.waitTime().isPresent()) {
      pause(connection, model, refusal.waitTime().get(), "the provider asks to wait");
    } else {
      pause(connection, model, Duration.ofSeconds(1), "refused without a reason");
    }
    if (refusal.dimension().isEmpty()) {
      adapt(connection, model);
    }
  }

  /** The level is what the provider says is left; and what others took of it, leave room for. */
  private static void byFigures(Connection connection, String model, LimitRow row, Refusal refusal)
      throws SQLException {
    Dimension dimension = refusal.dimension().orElseThrow();
    double limit = refusal.limit().orElseThrow();
    Double before = row.limits().of(dimension);
    boolean news = !row.isFixed(dimension) && (before == null || before != limit);
    if (news) {
      LOG.infof(
          "Model %s: the limit is %.0f (%s), as a refusal tells; assumed was %s",
          model, limit, dimension, before == null ? "none" : "%.0f".formatted(before));
      LimitRow.set(connection, model, dimension, limit, REFUSED);
    }
    if (refusal.used().isPresent()) {
      String level = dimension.column() + "_level";
      String limitColumn = dimension.column() + "_limit";
      // Refilled first, as the level is of refilled_at; every dimension moves with it.
      try (PreparedStatement statement =
          connection.prepareStatement(
              "WITH b AS MATERIALIZED ("
                  + ReserveStatement.REFILLED
                  + """
                    )
                    UPDATE model_quota q SET
                      rpm_level = COALESCE(b.rpm, 0), rpd_level = COALESCE(b.rpd, 0),
                      tpm_level = COALESCE(b.tpm, 0), tpd_level = COALESCE(b.tpd, 0), refilled_at = b.t
                    FROM b WHERE q.model = b.model
                    """)) {
        statement.setString(1, model);
        statement.executeUpdate();
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              UPDATE model_quota SET
                margin = CASE WHEN ?::boolean THEN LEAST(tpm_limit * 0.25, GREATEST(margin, 2.5 * (%1$s - ?))) ELSE margin END,
                %1$s = CASE WHEN ?::boolean THEN ? ELSE LEAST(%1$s, ?) END
              WHERE model = ? AND %2$s IS NOT NULL
              """
                  .formatted(level, limitColumn))) {
        double left = limit - refusal.used().get();
        statement.setBoolean(1, dimension == Dimension.TPM && !news);
        statement.setDouble(2, left);
        statement.setBoolean(3, news);
        statement.setDouble(4, left);
        statement.setDouble(5, left);
        statement.setString(6, model);
        statement.executeUpdate();
      }
    }
  }

  private static void adapt(Connection connection, String model) throws SQLException {
    update(connection, BEGIN_TO_ADAPT, model);
    try (PreparedStatement statement = connection.prepareStatement(ADAPT)) {
      statement.setDouble(1, FLOOR);
      statement.setDouble(2, CUT);
      statement.setString(3, model);
      if (statement.executeUpdate() > 0) {
        LOG.infof(
            "Model %s refuses and tells nothing; its pace is cut to %.0f %%", model, CUT * 100);
      }
    }
  }

  /** A call was too large for the tokens a minute, whatever is left of them. */
  static void tooLarge(Connection connection, String model, double limit) throws SQLException {
    if (sane(limit) && !LimitRow.read(connection, model).isFixed(Dimension.TPM)) {
      LimitRow.set(connection, model, Dimension.TPM, limit, REFUSED);
    }
  }

  static void pause(Connection connection, String model, Duration pause, String reason)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setLong(1, Math.max(1, pause.toMillis()));
      statement.setString(2, reason);
      statement.setString(3, model);
      statement.executeUpdate();
    }
  }

  /** The model is asked again at once. */
  static void resume(Connection connection, String model) throws SQLException {
    update(
        connection,
        "UPDATE model_quota SET paused_until = NULL, pause_reason = NULL WHERE model = ?",
        model);
  }

  private static void update(Connection connection, String sql, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, model);
      statement.executeUpdate();
    }
  }
}
