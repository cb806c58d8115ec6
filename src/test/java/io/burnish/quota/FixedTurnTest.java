package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FixedTurnTest {

  private final FixedTurn turn = new FixedTurn(new Delays());
  private Connection connection;

  @BeforeEach
  void at_midnight() throws SQLException {
    connection = VirtualDatabase.connect();
    VirtualDatabase.at(connection, 0);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void calls_follow_each_other_one_by_one() throws SQLException {
    VirtualDatabase.at(connection, 100);
    assertThat(turn.take(connection, "a").calls()).isEqualTo(1);
    assertThat(turn.take(connection, "a").calls()).isZero();

    VirtualDatabase.at(connection, 110);
    turn.answered(connection);

    assertThat(turn.take(connection, "a").waitTime()).isEqualTo(Duration.ofSeconds(3));
    VirtualDatabase.at(connection, 113);
    assertThat(turn.take(connection, "a").calls()).isEqualTo(1);
  }

  @Test
  void each_delay_has_its_length() throws SQLException {
    VirtualDatabase.at(connection, 100);
    turn.take(connection, "a");
    turn.refused(connection);
    assertThat(turn.take(connection, "a").waitTime()).isEqualTo(Duration.ofSeconds(15));

    VirtualDatabase.at(connection, 200);
    turn.take(connection, "a");
    turn.unanswered(connection);
    assertThat(turn.take(connection, "a").waitTime()).isEqualTo(Duration.ofSeconds(5));

    VirtualDatabase.at(connection, 300);
    turn.take(connection, "a");
    turn.answered(connection);
    turn.invalid(connection);
    assertThat(turn.take(connection, "a").waitTime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(turn.take(connection, "b").waitTime()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_call_whose_process_died_holds_the_turn_for_three_minutes_at_the_most()
      throws SQLException {
    VirtualDatabase.at(connection, 100);
    turn.take(connection, "a");

    VirtualDatabase.at(connection, 279);
    assertThat(turn.take(connection, "a").calls()).isZero();
    VirtualDatabase.at(connection, 281);
    assertThat(turn.take(connection, "a").calls()).isEqualTo(1);
  }

  private static final class Delays implements QuotaConfig.Delays {
    @Override
    public Duration request() {
      return Duration.ofSeconds(3);
    }

    @Override
    public Duration retry() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Duration modelSwitch() {
      return Duration.ofSeconds(10);
    }

    @Override
    public Duration throttled() {
      return Duration.ofSeconds(15);
    }
  }
}
