package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseExceptionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "25006", "25P03", "25P04",
        "28000", "28P01", "3D000", "53000", "53100", "53200", "53300", "53400", "57P01", "57P02",
        "57P03", "57P04", "57P05", "58000", "58030", "58P01"
      })
  void a_server_that_can_not_be_used_is_away_and_passes(String state) {
    assertThat(new DatabaseException(new SQLException("away", state)).isUnavailable()).isTrue();
    assertThat(passes(new SQLException("away", state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40003", "40P01", "55P03", "55006", "57014"})
  void a_conflict_passes_and_the_server_is_not_away(String state) {
    assertThat(new DatabaseException(new SQLException("conflict", state)).isUnavailable())
        .isFalse();
    assertThat(passes(new SQLException("conflict", state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "23505", "25P02", "42601", "42P01", "54000", "P0001", "XX000"})
  void a_refused_statement_does_not_pass(String state) {
    assertThat(new DatabaseException(new SQLException("refused", state)).isUnavailable()).isFalse();
    assertThat(passes(new SQLException("refused", state))).isFalse();
  }

  @Test
  void no_connection_to_be_had_passes_and_what_is_not_the_databases_does_not() {
    assertThat(passes(new SQLException("no connection within 10 s"))).isTrue();
    assertThat(DatabaseException.isTransient(new IllegalStateException("ours"))).isFalse();
  }

  /** As the transaction manager reports it: the reason is suppressed, not the cause. */
  @ParameterizedTest
  @CsvSource({"08006, true", "25006, true", "23503, false"})
  void a_commit_that_failed_passes_as_its_reason_does(String state, boolean passes) {
    Exception rolledBack = new Exception("could not commit");
    rolledBack.addSuppressed(new Exception("one phase", new SQLException("reason", state)));

    assertThat(passes(rolledBack)).isEqualTo(passes);
  }

  private static boolean passes(Exception cause) {
    return DatabaseException.isTransient(new IllegalStateException("wrapped", cause));
  }
}
