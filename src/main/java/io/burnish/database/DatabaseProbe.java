package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks within a time limit whether the database answers and takes writes. A check that hangs
 * holds one thread and one connection; further calls wait for the same check. Thread-safe.
 */
@Singleton
public class DatabaseProbe {

  private static final Logger LOG = Logger.getLogger(DatabaseProbe.class);

  private static final String QUERY =
      "SELECT current_setting('transaction_read_only') = 'on', current_setting('server_version')";

  private static final String READ_ONLY = "the database is read-only";

  private final AgroalDataSource dataSource;
  private final PoolRenewal renewal;
  private final Migrations migrations;
  private final Duration limit;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "database-probe");
            daemon.setDaemon(true);
            return daemon;
          });
  private @Nullable CompletableFuture<State> running;

  DatabaseProbe(
      AgroalDataSource dataSource,
      PoolRenewal renewal,
      Migrations migrations,
      DatabaseConfig config) {
    this.dataSource = dataSource;
    this.renewal = renewal;
    this.migrations = migrations;
    this.limit = config.answerWithin();
  }

  /**
   * The result of a check.
   *
   * @param writable whether the database takes writes
   * @param version of the server; empty when it did not answer
   * @param reason why the database can't be used, as a sentence; empty when it can
   * @param migrations the applied migrations; empty when they could not be read
   */
  public record State(
      boolean writable, String version, String reason, Optional<Migrations.Applied> migrations) {}

  /**
   * The state now, without blocking; completes within {@code burnish.database.answer-within}, and
   * never with an exception.
   */
  public CompletionStage<State> checkAsync() {
    try {
      return current()
          .copy()
          .completeOnTimeout(
              unusable("no answer within " + limit), limit.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(
              e -> {
                LOG.warnf(e, "The check of the database failed; readiness reports it as down");
                return unusable("the check failed");
              });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(unusable("the service is stopping"));
    }
  }

  private synchronized CompletableFuture<State> current() {
    if (running == null || running.isDone()) {
      running = CompletableFuture.supplyAsync(this::checkNow, thread);
    }
    return running;
  }

  private State checkNow() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Optional<Migrations.Applied> applied = applied(connection);
      if (!row.getBoolean(1)) {
        return new State(true, row.getString(2), "", applied);
      }
      renewal.renew(READ_ONLY);
      return new State(false, row.getString(2), READ_ONLY, applied);
    } catch (SQLException e) {
      renewal.after(e);
      return unusable(reason(SqlErrorKind.of(e)));
    }
  }

  /** Empty when they can't be read: the database itself may be usable all the same. */
  private Optional<Migrations.Applied> applied(Connection connection) {
    try {
      return Optional.of(migrations.applied(connection));
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "The applied migrations can't be read: %s; readiness stays down until they can",
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Health checks are public, so the server's own message stays in the log. */
  private static String reason(SqlErrorKind trouble) {
    return switch (trouble) {
      case UNAVAILABLE, CONFLICT, STATEMENT -> "the database is unavailable";
      case READ_ONLY -> READ_ONLY;
      case LOGIN_REFUSED -> "the database refuses the login";
    };
  }

  private static State unusable(String reason) {
    return new State(false, "", reason, Optional.empty());
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
