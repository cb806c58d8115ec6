package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseExceptionTest {

  @Test
  void a_broken_connection_and_a_conflict_pass_and_a_refused_statement_does_not() {
    assertThat(passes(new SQLException("broken", "08006"))).isTrue();
    assertThat(passes(new SQLException("shutting down", "57P01"))).isTrue();
    assertThat(passes(new SQLException("deadlock", "40P01"))).isTrue();
    assertThat(passes(new SQLException("duplicate", "23505"))).isFalse();
    assertThat(DatabaseException.passes(new IllegalStateException("ours"))).isFalse();
  }

  /** As the transaction manager tells it: the reason is suppressed, not the cause. */
  @Test
  void a_commit_whose_acknowledgement_was_lost_passes() {
    Exception rolledBack = new Exception("could not commit");
    rolledBack.addSuppressed(new Exception("one phase", new SQLException("broken", "08006")));
    Exception refused = new Exception("could not commit");
    refused.addSuppressed(new Exception("one phase", new SQLException("deferred check", "23503")));

    assertThat(passes(rolledBack)).isTrue();
    assertThat(passes(refused)).isFalse();
  }

  private static boolean passes(Exception cause) {
    return DatabaseException.passes(new IllegalStateException("wrapped", cause));
  }
}
