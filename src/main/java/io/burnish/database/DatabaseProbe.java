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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the database answers and takes writes, within a time limit. A look that hangs keeps
 * one thread and one connection, however often it is asked for. Thread-safe.
 */
@Singleton
public class DatabaseProbe {

  private static final Logger LOG = Logger.getLogger(DatabaseProbe.class);

  private static final String LOOK =
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
  private @Nullable CompletableFuture<State> looking;

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
   * What a look found.
   *
   * @param writable whether statements that write are taken
   * @param version of the server, as it names it; empty when it did not answer
   * @param reason why it can't be used, as a sentence; empty when it can
   * @param migrations what was applied to it; empty when that could not be read
   */
  public record State(
      boolean writable, String version, String reason, Optional<Migrations.Applied> migrations) {}

  /** The state now; takes {@code burnish.database.answer-within} at most. */
  public State look() {
    try {
      return current().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return away("the look at it was interrupted");
    } catch (TimeoutException e) {
      return away("no answer within " + limit);
    } catch (ExecutionException e) {
      LOG.warnf(e, "The look at the database failed");
      return away("the look at it failed");
    } catch (RejectedExecutionException e) {
      return away("the service stops");
    }
  }

  /** The state now, without waiting for it; told within the same time, and never fails. */
  public CompletionStage<State> checkAsync() {
    try {
      return current()
          .copy()
          .completeOnTimeout(
              away("no answer within " + limit), limit.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(
              e -> {
                LOG.warnf(e, "The look at the database failed");
                return away("the look at it failed");
              });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(away("the service stops"));
    }
  }

  private synchronized CompletableFuture<State> current() {
    if (looking == null || looking.isDone()) {
      looking = CompletableFuture.supplyAsync(this::lookNow, thread);
    }
    return looking;
  }

  private State lookNow() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOOK);
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
      return away(reason(Trouble.of(e)));
    }
  }

  /** That the migrations can't be read says nothing of the database itself. */
  private Optional<Migrations.Applied> applied(Connection connection) {
    try {
      return Optional.of(migrations.applied(connection));
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "The applied migrations could not be read: %s; readiness is down until they can",
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Anybody may read this: the server's own words stay in the log. */
  private static String reason(Trouble trouble) {
    return switch (trouble) {
      case AWAY, CONFLICT, STATEMENT -> "the database is away";
      case READ_ONLY -> READ_ONLY;
      case DENIED -> "the database refuses the login";
    };
  }

  private static State away(String reason) {
    return new State(false, "", reason, Optional.empty());
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
