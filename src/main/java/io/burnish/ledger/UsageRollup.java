package io.burnish.ledger;

import io.burnish.database.Sql;
import io.burnish.loops.LoopTurn;
import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Statement;
import java.time.Duration;

/**
 * Adds up what calls used in each minute, once the minute has been over for a minute: by then its
 * calls are committed. On each replica; the first one does it.
 */
@ApplicationScoped
class UsageRollup {

  /** Name in the scheduler and in the liveness check. */
  static final String NAME = "usage-rollup";

  private static final Duration EVERY = Duration.ofSeconds(20);

  /** At most eight days back: more is not kept. */
  private static final String ROLL_UP =
      """
      INSERT INTO usage_minute (minute, model, calls, prompt_tokens, completion_tokens, cached_tokens)
      SELECT date_trunc('minute', at) AS minute, model, count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens)
      FROM provider_call
      WHERE at >= GREATEST((SELECT max(minute) + interval '1 minute' FROM usage_minute),
                           date_trunc('minute', statement_timestamp()) - interval '8 days')
        AND at < date_trunc('minute', statement_timestamp()) - interval '1 minute'
      GROUP BY 1, 2
      ON CONFLICT (minute, model) DO NOTHING
      """;

  private final Sql sql;
  private final LoopTurn turn;
  private final LoopWatch watch;
  private volatile boolean stopping;

  UsageRollup(Sql sql, LoopWatch watch) {
    this.sql = sql;
    this.watch = watch;
    this.turn = new LoopTurn(NAME, EVERY, this::rollUp, watch);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    watch.ended(NAME);
  }

  @Scheduled(identity = NAME, every = "20s", concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    if (!stopping) {
      turn.run();
    }
  }

  /** Adds up the minutes that are over and not added up yet. */
  void rollUp() {
    sql.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(ROLL_UP);
          }
        });
  }
}
