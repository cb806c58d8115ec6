package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Closes the pooled connections when one of them shows that its server is not the one to work with
 * any more: it became read-only, shut down, or was cut off. New connections reach the server that
 * the address names now. Thread-safe.
 */
@Singleton
public class PoolRenewal {

  private static final Logger LOG = Logger.getLogger(PoolRenewal.class);

  /** At most one renewal in this time, so that an outage does not cause a storm of logins. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final AgroalDataSource dataSource;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);

  PoolRenewal(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Looks at a failure and renews the connections if it shows that they are of no use. Idle ones
   * are closed now, those in use when they are returned.
   */
  public void after(Throwable failure) {
    Trouble.cause(failure)
        .filter(PoolRenewal::concernsAllConnections)
        .ifPresent(cause -> renew(String.valueOf(cause.getMessage())));
  }

  /** Renews the connections, unless it was done within the last second. */
  void renew(String reason) {
    long before = last.get();
    long now = System.nanoTime();
    if (now - before >= PAUSE && last.compareAndSet(before, now)) {
      LOG.warnf("Database connections are renewed: %s", reason.replace('\n', ' '));
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
