package io.burnish.quota.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.quota.VirtualDatabase;
import io.burnish.quota.VirtualTransactions;
import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.QuotaConfig;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas take turns, on a database whose clock is set and which fails when told to. */
class FixedPacingTest {

  private Connection connection;
  private VirtualTransactions one;
  private VirtualTransactions other;
  private FixedPacing replica;
  private FixedPacing second;

  @BeforeEach
  void two_replicas() throws SQLException {
    connection = VirtualDatabase.connect();
    one = new VirtualTransactions(connection);
    other = new VirtualTransactions(connection);
    replica = pacing(one);
    second = pacing(other);
    at(100);
  }

  private static FixedPacing pacing(VirtualTransactions transactions) {
    FixedDelayPermit permit =
        new FixedDelayPermit(UUID.randomUUID(), Delays.DEFAULTS.modelSwitch());
    return new FixedPacing(transactions, Delays.DEFAULTS, permit, transactions);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void calls_follow_each_other_one_by_one_over_all_replicas() throws SQLException {
    assertThat(take(replica)).isEqualTo(Duration.ZERO);
    assertThat(replica.reserve("a", 1, 1).calls()).isZero();
    assertThat(second.reserve("a", 1, 1).waitingFor().orElse("")).contains("in flight");

    at(110);
    answered(replica);

    assertThat(take(second)).isEqualTo(Duration.ofSeconds(3));
    at(113);
    assertThat(take(second)).isEqualTo(Duration.ZERO);
    assertThat(replica.reserve("a", 1, 1).calls()).isZero();
  }

  @Test
  void each_delay_has_its_length() throws SQLException {
    take(replica);
    replica.throttled("a", 1, refusal());
    assertThat(take(replica)).isEqualTo(Duration.ofSeconds(15));

    at(200);
    take(replica);
    replica.failed("a", 1, Charge.LIKELY);
    assertThat(take(second)).isEqualTo(Duration.ofSeconds(5));

    at(300);
    take(replica);
    answered(replica);
    replica.invalidAnswer();
    assertThat(take(replica)).isEqualTo(Duration.ofSeconds(5));
    assertThat(replica.reserve("b", 1, 1).waitTime()).isEqualTo(Duration.ofSeconds(10));

    at(400);
    take(replica);
    replica.refund("a", 1, 1);
    assertThat(take(second)).isEqualTo(Duration.ZERO);
  }

  @Test
  void the_end_of_a_call_that_could_not_be_written_holds_nobody_up() throws SQLException {
    take(replica);
    at(104);
    one.away(true);
    answered(replica);

    at(105);
    one.away(false);

    assertThat(take(replica)).isEqualTo(Duration.ofSeconds(2));
    assertThat(take(second)).isEqualTo(Duration.ofSeconds(2));
    at(107);
    assertThat(take(second)).isEqualTo(Duration.ZERO);
  }

  @Test
  void the_end_of_a_call_is_written_by_itself_when_the_database_is_back() throws SQLException {
    take(replica);
    one.away(true);
    replica.throttled("a", 1, refusal());
    at(103);
    one.away(false);

    replica.renew();

    assertThat(take(second)).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void a_turn_that_was_taken_unheard_is_taken_again_by_its_owner_at_once() throws SQLException {
    one.cutAfterCommit();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> replica.reserve("a", 1, 1))
        .hasMessageContaining("cut");

    assertThat(second.reserve("a", 1, 1).calls()).isZero();
    assertThat(replica.reserve("a", 1, 1).calls()).isEqualTo(1);
  }

  @Test
  void a_long_call_keeps_its_turn_and_that_of_a_process_that_died_is_free_after_15_seconds()
      throws SQLException {
    take(replica);
    for (int seconds = 103; seconds <= 160; seconds += 3) {
      at(seconds);
      replica.renew();
      assertThat(second.reserve("a", 1, 1).calls()).isZero();
    }

    at(174);
    assertThat(second.reserve("a", 1, 1).calls()).isZero();
    at(176);
    assertThat(second.reserve("a", 1, 1).calls()).isEqualTo(1);
  }

  @Test
  void a_call_that_ends_after_its_turn_was_lost_still_delays_the_next_and_ends_no_other()
      throws SQLException {
    take(replica);
    at(116);
    take(second);

    at(117);
    replica.throttled("a", 1, refusal());

    assertThat(replica.reserve("a", 1, 1).waitingFor().orElse("")).contains("in flight");
    at(118);
    answered(second);
    at(121);
    assertThat(take(second)).isLessThanOrEqualTo(Duration.ofSeconds(11));
  }

  private void at(double seconds) throws SQLException {
    one.at(seconds);
    other.at(seconds);
  }

  /** The wait; zero when the permit was taken. */
  private static Duration take(FixedPacing pacing) {
    return pacing.reserve("a", 1, 1).waitTime();
  }

  private static void answered(FixedPacing pacing) {
    pacing.settle("a", 1, 1, RateLimitObservation.NONE);
  }

  private static ThrottleNotice refusal() {
    return new ThrottleNotice(
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.Optional.empty());
  }

  private static final class Delays implements QuotaConfig.Delays {

    static final Delays DEFAULTS = new Delays();

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
