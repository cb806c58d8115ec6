package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What grants and teaches a row, by the second, on a database whose clock is set. */
class QuotaStatementsTest {

  private static final String GPT = "openai/gpt-oss-120b";
  private static final Limits FREE = Limits.of(30, 1_000, 8_000, 200_000.0);

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
  void one_call_at_a_time_until_the_first_answer() throws SQLException {
    open(FREE);

    assertThat(reserve(10, 1_000).calls()).isEqualTo(1);
    Grant second = reserve(10, 1_000);

    assertThat(second.calls()).isZero();
    assertThat(second.waitingFor()).contains("its first answer");
    answered(1_000, 1_000, 7_000.0);
    VirtualDatabase.at(connection, 1);
    assertThat(reserve(10, 1_000).calls()).isPositive();
  }

  @Test
  void no_more_is_granted_than_every_dimension_has_room_for() throws SQLException {
    open(new Limits(3.0, 100.0, 10_000.0, 100_000.0));
    seen();
    VirtualDatabase.at(connection, 60);

    assertThat(reserve(10, 1_000).calls()).isEqualTo(3);
    Grant denied = reserve(1, 1_000);
    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(20));
    assertThat(denied.waitingFor()).contains("RPM of 3 used up");

    VirtualDatabase.at(connection, 120);
    assertThat(reserve(10, 9_000).calls()).isEqualTo(1);
  }

  @Test
  void a_call_larger_than_a_limit_is_never_granted_and_says_so() throws SQLException {
    open(FREE);
    seen();

    Grant never = reserve(1, 8_001);

    assertThat(never.tooLarge()).isTrue();
    assertThat(never.waitingFor().orElse("")).contains("8001", "8000", "TPM");
  }

  @Test
  void what_a_day_has_left_survives_a_restart() throws SQLException {
    open(FREE);
    seen();
    VirtualDatabase.at(connection, 60);
    reserve(1, 8_000);

    open(FREE);

    assertThat(level(Dimension.TPD)).isCloseTo(192_000, within(150.0));
  }

  @Test
  void levels_below_zero_are_waited_out() throws SQLException {
    open(FREE);
    reserve(1, 1_000);
    answered(1_000, 9_000, null);

    Grant denied = reserve(1, 1_000);

    assertThat(level(Dimension.TPM)).isCloseTo(-1_000, within(1.0));
    // 1,000 below zero, 1,000 for the call, and 400 (5 %) that are always left, at 133 a second.
    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(18));
  }

  @Test
  void headers_of_the_developer_plan_open_everything_at_once() throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    Learning.told(connection, GPT, told(500_000, 250_000), true);
    answered(1_000, 900, 249_100.0);
    VirtualDatabase.at(connection, 1);

    assertThat(limit(Dimension.RPM)).contains(1_000.0);
    assertThat(limit(Dimension.TPD)).isEmpty();
    assertThat(level(Dimension.TPM)).isGreaterThan(240_000);
  }

  @Test
  void headers_of_no_known_plan_make_the_hidden_limits_unknown_and_calls_are_spaced()
      throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    Learning.told(connection, GPT, told(20_000, 160_000), true);
    answered(1_000, 900, 159_100.0);
    VirtualDatabase.at(connection, 1);

    assertThat(limit(Dimension.RPM)).isEmpty();
    assertThat(limit(Dimension.TPD)).isEmpty();
    assertThat(reserve(10, 1_000).calls()).isEqualTo(1);
    assertThat(reserve(10, 1_000).waitTime()).isLessThanOrEqualTo(Duration.ofMillis(50));
    VirtualDatabase.at(connection, 1.06);
    assertThat(reserve(10, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void a_plan_that_shrinks_is_followed_at_once() throws SQLException {
    open(Limits.of(1_000, 500_000, 250_000, null));
    seen();

    Learning.told(connection, GPT, told(1_000, 8_000), true);

    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(limit(Dimension.RPM)).contains(30.0);
    assertThat(level(Dimension.TPM)).isLessThanOrEqualTo(8_000);
  }

  @Test
  void a_header_that_cannot_be_is_passed_over_and_configured_limits_are_never_corrected()
      throws SQLException {
    open(FREE);
    Learning.told(connection, GPT, told(0, 4_000_000_000_000L), true);
    Learning.told(connection, GPT, told(-5, 1), true);
    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(limit(Dimension.RPD)).contains(1_000.0);

    QuotaRows.open(connection, GPT, new Limits(5.0, null, 777.0, null), Learning.CONFIGURED);
    Learning.told(connection, GPT, told(20_000, 160_000), true);
    Learning.refused(connection, GPT, refusal(Dimension.RPM, 600, 600));

    assertThat(limit(Dimension.TPM)).contains(777.0);
    assertThat(limit(Dimension.RPM)).contains(5.0);
    assertThat(limit(Dimension.RPD)).isEmpty();
  }

  @Test
  void a_refusal_teaches_the_hidden_limits_and_what_is_left_of_them() throws SQLException {
    open(Limits.NONE);
    seen();

    Learning.refused(connection, GPT, refusal(Dimension.RPM, 600, 600));
    Learning.refused(connection, GPT, refusal(Dimension.TPD, 100_000, 96_604));

    assertThat(limit(Dimension.RPM)).contains(600.0);
    assertThat(level(Dimension.RPM)).isZero();
    assertThat(level(Dimension.TPD)).isEqualTo(3_396);
    VirtualDatabase.at(connection, 5);
    Grant denied = reserve(1, 9_985);
    assertThat(denied.waitingFor().orElse("")).contains("TPD");
    assertThat(denied.waitTime()).isCloseTo(Duration.ofMillis(5_687_896), Duration.ofMillis(10));
    assertThat(reserve(9, 100).calls()).isEqualTo(9);
    assertThat(QuotaRows.all(connection).get(0).throttled()).isEqualTo(2);
  }

  @Test
  void a_model_that_is_paused_is_granted_nothing_until_then_by_anybody() throws SQLException {
    open(FREE);
    seen();
    Learning.pause(connection, GPT, Duration.ofSeconds(30), "cooldown");
    Learning.pause(connection, GPT, Duration.ofSeconds(10), "shorter");

    Grant denied = reserve(1, 100);

    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(30));
    VirtualDatabase.at(connection, 31);
    assertThat(reserve(1, 100).calls()).isEqualTo(1);
  }

  @Test
  void a_provider_that_tells_nothing_is_cut_once_a_burst_and_grows_back() throws SQLException {
    open(Limits.NONE);
    seen();
    Refusal nothing =
        new Refusal(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Learning.refused(connection, GPT, nothing);
    double begun = limit(Dimension.RPM).orElseThrow();
    VirtualDatabase.at(connection, 10);
    Learning.refused(connection, GPT, nothing);
    Learning.refused(connection, GPT, nothing);
    Learning.refused(connection, GPT, nothing);
    double cut = limit(Dimension.RPM).orElseThrow();
    for (int i = 0; i < 200; i++) {
      answered(0, 0, null);
    }

    assertThat(cut).isCloseTo(begun * 0.7, within(0.001));
    assertThat(limit(Dimension.RPM).orElseThrow()).isBetween(begun * 0.9, begun * 1.3);
    for (int i = 0; i < 50; i++) {
      VirtualDatabase.at(connection, 20 + i * 10);
      Learning.refused(connection, GPT, nothing);
    }
    assertThat(limit(Dimension.RPM).orElseThrow()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void what_a_dead_process_reserved_is_forgotten() throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    VirtualDatabase.at(connection, 200);

    assertThat(reserve(1, 1_000).calls()).isEqualTo(1);
  }

  private void open(Limits limits) throws SQLException {
    QuotaRows.open(connection, GPT, limits, Learning.PLAN);
  }

  private Grant reserve(int calls, double each) throws SQLException {
    return ReserveStatement.reserve(connection, GPT, calls, each);
  }

  /** An answer that tells nothing was seen. */
  private void seen() throws SQLException {
    answered(0, 0, null);
  }

  private void answered(double reserved, double used, Double remaining) throws SQLException {
    SettleStatement.settle(
        connection,
        GPT,
        new Pending.Sum(0, reserved - used, 1, reserved, remaining, null, 0, true),
        0);
  }

  private static Seen told(long requestsPerDay, long tokensPerMinute) {
    return new Seen(
        Optional.of(requestsPerDay),
        Optional.empty(),
        Optional.of(tokensPerMinute),
        Optional.empty());
  }

  private static Refusal refusal(Dimension dimension, double limit, double used) {
    return new Refusal(
        Optional.of(dimension), Optional.of(limit), Optional.of(used), Optional.empty());
  }

  private Optional<Double> limit(Dimension dimension) throws SQLException {
    return Optional.ofNullable(QuotaRows.all(connection).get(0).buckets().get(dimension))
        .map(ModelQuota.Bucket::limit);
  }

  private double level(Dimension dimension) throws SQLException {
    return QuotaRows.all(connection).get(0).buckets().get(dimension).level();
  }
}
