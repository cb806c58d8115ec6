package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Corrects limits by what the provider tells. Rare, so it may look at the row first; always within
 * one transaction that holds the row.
 */
final class LimitLearning {

  private static final Logger LOG = Logger.getLogger(LimitLearning.class);

  static final String PLAN = "plan";
  static final String CONFIGURED = "configured";
  static final String HEADERS = "headers";
  static final String REFUSED = "429";
  static final String ADAPTIVE = "adaptive";

  /** What a refusal says was used is a rounded number, and is believed up to a little more. */
  private static final double MOST_USED = 1.25;

  /** How long nothing is sent after a refusal that names no wait. */
  static final Duration WITHOUT_A_WAIT = Duration.ofSeconds(1);

  private static final String COUNT =
      "UPDATE model_quota q SET throttled = throttled + 1, writes = writes + 1 WHERE "
          + QuotaRow.IS;

  private static final String PAUSE =
      """
      UPDATE model_quota q SET paused_until = GREATEST(paused_until, clock_timestamp() + ? * interval '1 millisecond'),
        pause_reason = ?, writes = writes + 1
      WHERE %s
      """
          .formatted(QuotaRow.IS);

  private static final String REFILL =
      "WITH b AS MATERIALIZED ("
          + Refill.ROW
          + """
            )
            UPDATE model_quota q SET
              rpm_level = COALESCE(b.rpm, 0), rpd_level = COALESCE(b.rpd, 0),
              tpm_level = COALESCE(b.tpm, 0), tpd_level = COALESCE(b.tpd, 0),
              refilled_at = b.t, recent_calls = b.recent, writes = q.writes + 1
            FROM b WHERE %s
            """
              .formatted(QuotaRow.IS);

  private LimitLearning() {}

  /**
   * A response tells limits: those that are news are written.
   *
   * @param seen credible, as {@link RateLimitObservation#credible} says
   */
  static void told(Connection connection, QuotaRow row, RateLimitObservation seen, ModelTerms terms)
      throws SQLException {
    if (!seen.tellsLimits()) {
      return;
    }
    QuotaRow assumed = row;
    if (row.adaptive()) {
      AdaptiveConcurrency.end(connection, row, terms);
      assumed = QuotaRow.lock(connection, terms.endpoint(), terms.model()).orElseThrow();
    }
    Dimension requests = requestsOf(assumed, seen);
    Dimension tokens = tokensOf(assumed, seen);
    boolean changed =
        told(connection, assumed, requests, seen.requests())
            | told(connection, assumed, tokens, seen.tokens());
    if ((changed || row.adaptive()) && terms.isGuess()) {
      Limits plan = plan(row.model(), requests, seen);
      for (Dimension hidden : Dimension.values()) {
        boolean isTold =
            (hidden == requests && seen.requests().limit().isPresent())
                || (hidden == tokens && seen.tokens().limit().isPresent());
        if (!isTold && assumed.isGuessed(hidden)) {
          assumed.set(connection, hidden, plan.of(hidden), PLAN);
        }
      }
    }
  }

  /** The plan that has the limits that were told; none, when they are of no plan that is known. */
  private static Limits plan(String model, Dimension requests, RateLimitObservation seen) {
    return requests == Dimension.RPD
            && seen.requests().limit().isPresent()
            && seen.tokens().limit().isPresent()
        ? PlanTable.matching(model, seen.requests().limit().get(), seen.tokens().limit().get())
            .orElse(Limits.NONE)
        : Limits.NONE;
  }

  /**
   * Whether the headers' requests are of a day or a minute; as before, when they do not show it.
   */
  private static Dimension requestsOf(QuotaRow row, RateLimitObservation seen) {
    boolean wasOfMinute = HEADERS.equals(row.learned().get(Dimension.RPM));
    return HeaderMeaning.ofRequests(seen.requests())
        .filter(meaning -> !wasOfMinute || !HeaderMeaning.canBeOfMinute(seen.requests()))
        .orElse(wasOfMinute ? Dimension.RPM : Dimension.RPD);
  }

  /** Whether the headers' tokens are of a minute or a day; as before, when they do not show it. */
  private static Dimension tokensOf(QuotaRow row, RateLimitObservation seen) {
    return HeaderMeaning.ofTokens(seen.tokens())
        .orElse(HEADERS.equals(row.learned().get(Dimension.TPD)) ? Dimension.TPD : Dimension.TPM);
  }

  /** Whether the limit is another one than was assumed. */
  private static boolean told(
      Connection connection, QuotaRow row, Dimension dimension, RateLimitObservation.Reported told)
      throws SQLException {
    if (told.limit().isEmpty() || row.isFixed(dimension)) {
      return false;
    }
    double limit = told.limit().get();
    Double before = row.limits().of(dimension);
    Dimension other = dimension.ofTheOtherWindow();
    boolean moved = HEADERS.equals(row.learned().get(other));
    if (moved) {
      LOG.infof(
          "Model %s: the limit of %.0f that headers tell is %s and not %s, as their reset times say",
          row.model(), limit, dimension, other);
      row.set(connection, other, null, HEADERS);
    }
    if (before != null && before == limit) {
      if (row.isGuessed(dimension)) {
        row.set(connection, dimension, limit, HEADERS);
      }
      return moved;
    }
    LOG.infof(
        "Model %s: the limit is %.0f (%s), as a header tells; assumed was %s",
        row.model(), limit, dimension, before == null ? "none" : "%.0f".formatted(before));
    row.set(connection, dimension, limit, HEADERS);
    return true;
  }

  /**
   * A call was refused.
   *
   * @param age how long ago
   */
  static void refused(Connection connection, QuotaRow row, ThrottleNotice refusal, Duration age)
      throws SQLException {
    update(connection, COUNT, row);
    if (refusal.hasFigures()) {
      byFigures(connection, row, refusal);
    } else {
      pause(
          connection,
          row,
          refusal.waitTime().orElse(WITHOUT_A_WAIT).minus(age),
          refusal.waitTime().isPresent()
              ? "the provider asks to wait"
              : "refused without a reason");
    }
    if (refusal.dimension().isEmpty()) {
      AdaptiveConcurrency.refused(connection, row);
    }
  }

  /** The level is what the provider says is left; and what others took of it, leave room for. */
  private static void byFigures(Connection connection, QuotaRow row, ThrottleNotice refusal)
      throws SQLException {
    Dimension dimension = refusal.dimension().orElseThrow();
    double limit = refusal.limit().orElseThrow();
    Double before = row.limits().of(dimension);
    boolean news = !row.isFixed(dimension) && (before == null || before != limit);
    if (news) {
      LOG.infof(
          "Model %s: the limit is %.0f (%s), as a refusal tells; assumed was %s",
          row.model(), limit, dimension, before == null ? "none" : "%.0f".formatted(before));
    }
    if (news || row.isGuessed(dimension)) {
      row.set(connection, dimension, limit, REFUSED);
    }
    if (refusal.used().isEmpty()) {
      return;
    }
    // Refilled first, as the level is of refilled_at; every dimension moves with it.
    try (PreparedStatement statement = connection.prepareStatement(REFILL)) {
      row.bind(statement, Refill.bind(statement, OpenReservations.NOTHING, row));
      statement.executeUpdate();
    }
    String level = dimension.column() + "_level";
    String limitColumn = dimension.column() + "_limit";
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE model_quota q SET
              co_tenant_margin = CASE WHEN ?::boolean THEN LEAST(tpm_limit * 0.25, GREATEST(co_tenant_margin, 2.5 * (%1$s - ?))) ELSE co_tenant_margin END,
              %1$s = CASE WHEN ?::boolean THEN ? ELSE LEAST(%1$s, ?) END, writes = writes + 1
            WHERE %3$s AND %2$s IS NOT NULL
            """
                .formatted(level, limitColumn, QuotaRow.IS))) {
      double left = limit - Math.max(0, Math.min(refusal.used().get(), limit * MOST_USED));
      statement.setBoolean(1, dimension == Dimension.TPM && !news);
      statement.setDouble(2, left);
      statement.setBoolean(3, news);
      statement.setDouble(4, left);
      statement.setDouble(5, left);
      row.bind(statement, 6);
      statement.executeUpdate();
    }
  }

  /** A call was too large for the tokens a minute, whatever is left of them. */
  static void tooLarge(Connection connection, QuotaRow row, double limit) throws SQLException {
    if (RateLimitObservation.isLimit(Dimension.TPM, limit) && !row.isFixed(Dimension.TPM)) {
      row.set(connection, Dimension.TPM, limit, REFUSED);
    }
  }

  /** Nothing is sent for so long; not longer than a pause that is there already says. */
  static void pause(Connection connection, QuotaRow row, Duration pause, String reason)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setLong(1, Math.max(1, pause.toMillis()));
      statement.setString(2, reason);
      row.bind(statement, 3);
      statement.executeUpdate();
    }
  }

  private static void update(Connection connection, String sql, QuotaRow row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      row.bind(statement, 1);
      statement.executeUpdate();
    }
  }
}
