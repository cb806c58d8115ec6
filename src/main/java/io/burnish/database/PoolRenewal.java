package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Closes the pooled connections when one of them shows that its server is no longer usable: it
 * became read-only, shut down, or the connection broke. New connections reach the server to which
 * the address resolves now. Thread-safe.
 */
@Singleton
public class PoolRenewal {

  private static final Logger LOG = Logger.getLogger(PoolRenewal.class);

  /** At most one renewal in this time, so that an outage causes no storm of logins. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final AgroalDataSource dataSource;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);

  PoolRenewal(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Renews the connections if the failure shows that all of them are unusable. Idle connections are
   * closed now, those in use when they are returned.
   */
  public void after(Throwable failure) {
    SqlErrorKind.cause(failure)
        .filter(PoolRenewal::concernsAllConnections)
        .ifPresent(cause -> renew(String.valueOf(cause.getMessage())));
  }

  /** Renews the connections, unless that was done within the last second. */
  void renew(String reason) {
    long before = last.get();
    long now = System.nanoTime();
    if (now - before >= PAUSE && last.compareAndSet(before, now)) {
      LOG.warnf(
          "Pooled database connections are closed and replaced, after: %s",
          reason.replace('\n', ' '));
      dataSource.flush(FlushMode.GRACEFUL);
    }
  }

  /** Read-only (25006), shut down (57P) or broken (08003, 08006). */
  private static boolean concernsAllConnections(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return state.equals("25006")
        || state.startsWith("57P")
        || state.equals("08003")
        || state.equals("08006");
  }
}
