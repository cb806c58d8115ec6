package io.burnish.quota;

import io.burnish.database.Sql;
import java.util.Optional;

/**
 * One call at a time over all replicas, and fixed delays between them: for providers that tell
 * nothing, and for whoever wants what the script did that Burnish replaces. Thread-safe.
 */
final class FixedPacing implements Pacing {

  private final Sql sql;
  private final UnhurriedSql unhurried;
  private final FixedTurn turn;

  FixedPacing(Sql sql, QuotaConfig.Delays delays) {
    this.sql = sql;
    this.unhurried = new UnhurriedSql(sql);
    this.turn = new FixedTurn(delays);
  }

  @Override
  public Grant reserve(String model, int calls, long tokensEach) {
    return sql.run(connection -> turn.take(connection, model));
  }

  @Override
  public void unsent(String model, int calls, long tokens) {
    if (calls > 0) {
      unhurried.run(turn::untake);
    }
  }

  @Override
  public void answered(String model, long reserved, long used, Seen seen) {
    unhurried.run(turn::answered);
  }

  @Override
  public void refused(String model, long reserved, Refusal refusal) {
    unhurried.run(turn::refused);
  }

  @Override
  public void unanswered(String model, long reserved, boolean maybeCharged) {
    unhurried.run(turn::unanswered);
  }

  @Override
  public void invalid() {
    unhurried.run(turn::invalid);
  }

  @Override
  public boolean isUnlimited(String model) {
    return false;
  }

  @Override
  public Optional<Double> largest(String model) {
    return Optional.empty();
  }

  @Override
  public void changed() {
    // Nothing is known of limits here.
  }

  @Override
  public void flush() {
    // Everything is written at once.
  }
}
