package io.burnish.quota.learn;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.HeaderMeaning;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.LimitSource;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.PlanTable;
import io.burnish.quota.limit.RateLimitObservation;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Learns limits from response headers. Used within the transaction that holds the row. */
public final class HeaderLearning {

  private static final Logger LOG = Logger.getLogger(HeaderLearning.class);

  private HeaderLearning() {}

  /**
   * Writes the limits of a response that differ from the assumed ones.
   *
   * @param observation made {@link RateLimitObservation#credible}
   */
  public static void learn(
      Connection connection, QuotaRow row, RateLimitObservation observation, InitialLimits initial)
      throws SQLException {
    if (!observation.hasLimits()) {
      return;
    }
    QuotaRow assumed = row;
    if (row.adaptive()) {
      AdaptiveConcurrency.end(connection, row, initial);
      assumed = QuotaRow.lock(connection, initial.endpoint(), initial.model()).orElseThrow();
    }
    Dimension requests = requestsOf(assumed, observation);
    Dimension tokens = tokensOf(assumed, observation);
    boolean changed =
        learn(connection, assumed, requests, observation.requests())
            | learn(connection, assumed, tokens, observation.tokens());
    if ((changed || row.adaptive()) && initial.isAssumed()) {
      Limits plan = plan(row.model(), requests, observation);
      for (Dimension hidden : Dimension.values()) {
        boolean isReported =
            (hidden == requests && observation.requests().limit().isPresent())
                || (hidden == tokens && observation.tokens().limit().isPresent());
        if (!isReported && assumed.isAssumed(hidden)) {
          assumed.set(connection, hidden, plan.of(hidden), LimitSource.PLAN);
        }
      }
    }
  }

  /** The limits of the plan that matches the headers; none if no known plan does. */
  private static Limits plan(String model, Dimension requests, RateLimitObservation observation) {
    return requests == Dimension.RPD
            && observation.requests().limit().isPresent()
            && observation.tokens().limit().isPresent()
        ? PlanTable.matching(
                model, observation.requests().limit().get(), observation.tokens().limit().get())
            .orElse(Limits.NONE)
        : Limits.NONE;
  }

  /**
   * Whether the headers count requests per day or minute. Unchanged if the response does not show
   * it.
   */
  private static Dimension requestsOf(QuotaRow row, RateLimitObservation observation) {
    boolean wasOfMinute = LimitSource.HEADERS.equals(row.learned().get(Dimension.RPM));
    return HeaderMeaning.ofRequests(observation.requests())
        .filter(meaning -> !wasOfMinute || !HeaderMeaning.canBeOfMinute(observation.requests()))
        .orElse(wasOfMinute ? Dimension.RPM : Dimension.RPD);
  }

  /**
   * Whether the headers count tokens per minute or day. Unchanged if the response does not show it.
   */
  private static Dimension tokensOf(QuotaRow row, RateLimitObservation observation) {
    return HeaderMeaning.ofTokens(observation.tokens())
        .orElse(
            LimitSource.HEADERS.equals(row.learned().get(Dimension.TPD))
                ? Dimension.TPD
                : Dimension.TPM);
  }

  /** Writes one limit; true if it differs from the assumed one. */
  private static boolean learn(
      Connection connection,
      QuotaRow row,
      Dimension dimension,
      RateLimitObservation.Reported reported)
      throws SQLException {
    if (reported.limit().isEmpty() || row.isFixed(dimension)) {
      return false;
    }
    double limit = reported.limit().get();
    Double before = row.limits().of(dimension);
    Dimension other = dimension.ofTheOtherWindow();
    boolean moved = LimitSource.HEADERS.equals(row.learned().get(other));
    if (moved) {
      LOG.infof(
          "Model %s: the limit of %.0f in the headers is %s, not %s, according to the reset times",
          row.model(), limit, dimension, other);
      row.set(connection, other, null, LimitSource.HEADERS);
    }
    if (before != null && before == limit) {
      if (row.isAssumed(dimension)) {
        row.set(connection, dimension, limit, LimitSource.HEADERS);
      }
      return moved;
    }
    LOG.infof(
        "Model %s: rate limit is %.0f (%s) according to the headers; before it was %s",
        row.model(), limit, dimension, before == null ? "none" : "%.0f".formatted(before));
    row.set(connection, dimension, limit, LimitSource.HEADERS);
    return true;
  }
}
