package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.RateLimitObservation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A reservation while a snapshot is held, as a backup does: every version of a row stays. */
class LongSnapshotTest {

  private static final int SAMPLE = 300;
  private static final int CALLS = 4_000;

  /** As the service's own connections are. */
  private static final String SETTINGS =
      "SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan";

  @Test
  void a_reservation_takes_as_long_after_thousands_of_others_as_before() throws SQLException {
    try (Connection connection = VirtualDatabase.connect();
        Connection backup = VirtualDatabase.another()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SETTINGS);
      }
      VirtualReplica replica =
          VirtualReplica.under(
              Limits.of(1e9, 1e9, 1e9, null), new VirtualTransactions(connection).at(0));
      sample(replica);
      holdSnapshot(backup);
      double before = sample(replica);

      for (int call = 0; call < CALLS; call++) {
        call(replica);
      }
      vacuum(connection);
      double after = sample(replica);

      assertThat(after).isLessThan(3 * before);
    }
  }

  private static void holdSnapshot(Connection backup) throws SQLException {
    backup.setAutoCommit(false);
    backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = backup.createStatement()) {
      statement.execute("SELECT count(*) FROM model_quota");
    }
  }

  /** As PostgreSQL does by itself: from then on the planner believes that there is one row. */
  private static void vacuum(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE model_quota");
    }
  }

  /** The median of some reservations, in milliseconds. */
  private static double sample(VirtualReplica replica) {
    long[] nanos = new long[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      long start = System.nanoTime();
      call(replica);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[SAMPLE / 2] / 1e6;
  }

  /** What the call before used is written, and the next one reserved. */
  private static void call(VirtualReplica replica) {
    replica.pacing.settle(VirtualReplica.MODEL, 1_000, 500, RateLimitObservation.NONE);
    assertThat(replica.reserve(1, 1_000).calls()).isEqualTo(1);
  }
}
