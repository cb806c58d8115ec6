package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.quota.learn.ThrottleLearning;
import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What grants and teaches a row, by the second, on a database whose clock is set. */
class QuotaStatementsTest {

  private static final Limits FREE = VirtualReplica.FREE;

  private Connection connection;
  private VirtualReplica replica;

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
    answered(1_000, 1_000, VirtualReplica.groq(1_000, 8_000, 7_000));
    at(1);
    assertThat(reserve(10, 1_000).calls()).isPositive();
  }

  @Test
  void no_more_is_granted_than_every_dimension_has_room_for() throws SQLException {
    open(new Limits(3.0, 100.0, 10_000.0, 100_000.0));
    seen();
    at(60);

    assertThat(reserve(10, 1_000).calls()).isEqualTo(3);
    Grant denied = reserve(1, 1_000);
    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(20));
    assertThat(denied.waitingFor()).contains("RPM of 3 used up");

    at(120);
    assertThat(reserve(10, 9_000).calls()).isEqualTo(1);
  }

  @Test
  void a_call_larger_than_a_limit_that_was_told_is_never_granted_and_says_so() throws SQLException {
    open(FREE);
    answered(0, 0, VirtualReplica.groq(1_000, 8_000, 8_000));

    Grant never = reserve(1, 8_001);

    assertThat(never.tooLarge()).isTrue();
    assertThat(never.waitingFor().orElse("")).contains("8,001", "8,000", "TPM");
  }

  @Test
  void a_call_larger_than_an_assumed_limit_is_tried_alone_when_the_bucket_is_full()
      throws SQLException {
    open(FREE);
    seen();

    assertThat(reserve(20, 400_000).calls()).isEqualTo(1);
    Grant second = reserve(20, 400_000);
    Grant usual = reserve(1, 1_000);

    assertThat(second.calls()).isZero();
    assertThat(second.tooLarge()).isFalse();
    assertThat(second.waitTime()).isLessThanOrEqualTo(Duration.ofSeconds(61));
    assertThat(usual.calls()).isZero();
    assertThat(usual.waitTime()).isLessThanOrEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void a_call_larger_than_an_assumed_limit_is_too_large_once_a_refusal_told_the_limit()
      throws SQLException {
    open(FREE);
    seen();
    reserve(1, 400_000);

    replica.pacing.refund(VirtualReplica.MODEL, 1, 400_000);
    replica.store.update(
        VirtualReplica.MODEL, (on, row, age) -> ThrottleLearning.tooLarge(on, row, 8_000));

    assertThat(reserve(1, 400_000).tooLarge()).isTrue();
    assertThat(replica.quota().buckets().get(Dimension.TPM).isConfirmed()).isTrue();
    assertThat(reserve(1, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void
      a_call_larger_than_an_assumed_limit_that_brings_no_answer_holds_the_model_for_a_minute_at_most()
          throws SQLException {
    open(FREE);
    seen();
    replica.pacing.largest(VirtualReplica.MODEL);
    reserve(1, 400_000);
    replica.pacing.failed(VirtualReplica.MODEL, 400_000, Charge.LIKELY);
    at(60);

    assertThat(reserve(1, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void a_lost_connection_gives_its_tokens_back_under_an_assumed_limit() throws SQLException {
    open(FREE);
    seen();
    reserve(1, 8_000);

    replica.pacing.failed(VirtualReplica.MODEL, 8_000, Charge.UNLIKELY);
    at(1);

    assertThat(reserve(1, 7_000).calls()).isEqualTo(1);
  }

  @Test
  void a_lost_connection_keeps_its_tokens_under_a_limit_that_was_told_and_a_timeout_always()
      throws SQLException {
    open(FREE);
    answered(0, 0, VirtualReplica.groq(1_000, 8_000, 8_000));
    replica.pacing.largest(VirtualReplica.MODEL);
    reserve(1, 4_000);
    replica.pacing.failed(VirtualReplica.MODEL, 4_000, Charge.UNLIKELY);
    reserve(1, 3_000);
    replica.pacing.failed(VirtualReplica.MODEL, 3_000, Charge.LIKELY);
    at(1);

    assertThat(reserve(1, 4_000).calls()).isZero();
  }

  @Test
  void a_call_that_never_reached_the_provider_gives_its_tokens_back_under_any_limit()
      throws SQLException {
    open(FREE);
    answered(0, 0, VirtualReplica.groq(1_000, 8_000, 8_000));
    reserve(1, 7_000);

    replica.pacing.failed(VirtualReplica.MODEL, 7_000, Charge.NONE);
    at(1);

    assertThat(reserve(1, 7_000).calls()).isEqualTo(1);
  }

  @Test
  void what_a_day_has_left_survives_a_restart() throws SQLException {
    open(FREE);
    seen();
    at(60);
    reserve(1, 8_000);

    open(FREE);

    assertThat(level(Dimension.TPD)).isCloseTo(192_000, within(150.0));
  }

  @Test
  void levels_below_zero_are_waited_out() throws SQLException {
    open(FREE);
    reserve(1, 1_000);
    answered(1_000, 9_000, RateLimitObservation.NONE);

    Grant denied = reserve(1, 1_000);

    assertThat(level(Dimension.TPM)).isCloseTo(-1_000, within(1.0));
    // 1,000 below zero, 1,000 for the call, and 400 (5 %) that are always left, at 133 a second.
    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(18));
  }

  @Test
  void headers_of_the_developer_plan_open_everything_at_once() throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    answered(1_000, 900, VirtualReplica.groq(500_000, 250_000, 249_100));
    at(1);

    assertThat(limit(Dimension.RPM)).contains(1_000.0);
    assertThat(limit(Dimension.TPD)).isEmpty();
    assertThat(level(Dimension.TPM)).isGreaterThan(240_000);
  }

  @Test
  void headers_of_no_known_plan_make_the_hidden_limits_unknown_and_calls_are_spaced()
      throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    answered(1_000, 900, VirtualReplica.groq(20_000, 160_000, 159_100));
    at(1);

    assertThat(limit(Dimension.RPM)).isEmpty();
    assertThat(limit(Dimension.TPD)).isEmpty();
    assertThat(reserve(10, 1_000).calls()).isEqualTo(1);
    assertThat(reserve(10, 1_000).waitTime()).isLessThanOrEqualTo(Duration.ofMillis(50));
    at(1.06);
    assertThat(reserve(10, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void a_plan_that_shrinks_is_followed_at_once() throws SQLException {
    open(Limits.of(1_000, 500_000, 250_000, null));
    seen();

    answered(0, 0, VirtualReplica.groq(1_000, 8_000, 8_000));

    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(limit(Dimension.RPM)).contains(30.0);
    assertThat(level(Dimension.TPM)).isLessThanOrEqualTo(8_000);
  }

  @Test
  void a_header_that_cannot_be_is_passed_over_and_configured_limits_are_never_corrected()
      throws SQLException {
    open(FREE);
    answered(0, 0, seen(0, 4_000_000_000_000L));
    answered(0, 0, seen(2_000_000_000_000L, 1));
    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(limit(Dimension.RPD)).contains(1_000.0);

    replica =
        VirtualReplica.of(
            VirtualReplica.terms(
                new Limits(5.0, null, 777.0, null), InitialLimits.Source.CONFIGURED),
            replica.transactions);
    answered(0, 0, seen(20_000, 160_000));
    replica.refused(0, VirtualReplica.refusal(Dimension.RPM, 600, 600));

    assertThat(limit(Dimension.TPM)).contains(777.0);
    assertThat(limit(Dimension.RPM)).contains(5.0);
    assertThat(limit(Dimension.RPD)).isEmpty();
  }

  @Test
  void a_refusal_teaches_the_hidden_limits_and_what_is_left_of_them() throws SQLException {
    open(Limits.NONE);
    seen();

    replica.taught(VirtualReplica.refusal(Dimension.RPM, 600, 600));
    replica.taught(VirtualReplica.refusal(Dimension.TPD, 100_000, 96_604));

    assertThat(limit(Dimension.RPM)).contains(600.0);
    assertThat(level(Dimension.RPM)).isZero();
    assertThat(level(Dimension.TPD)).isEqualTo(3_396);
    at(5);
    Grant denied = reserve(1, 9_985);
    assertThat(denied.waitingFor().orElse("")).contains("TPD");
    assertThat(denied.waitTime()).isCloseTo(Duration.ofMillis(5_687_896), Duration.ofMillis(10));
    assertThat(reserve(9, 100).calls()).isEqualTo(9);
    assertThat(replica.quota().throttled()).isEqualTo(2);
  }

  @Test
  void a_model_that_is_paused_is_granted_nothing_until_then_by_anybody() throws SQLException {
    open(FREE);
    seen();
    pause(Duration.ofSeconds(30), "cooldown");
    pause(Duration.ofSeconds(10), "shorter");

    Grant denied = reserve(1, 100);

    assertThat(denied.waitTime()).isEqualTo(Duration.ofSeconds(30));
    at(31);
    assertThat(reserve(1, 100).calls()).isEqualTo(1);
  }

  @Test
  void what_a_dead_process_reserved_is_forgotten() throws SQLException {
    open(FREE);
    reserve(1, 1_000);

    at(200);

    assertThat(reserve(1, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void usage_that_cannot_be_counts_as_what_was_reserved() throws SQLException {
    open(FREE);
    seen();
    reserve(2, 1_000);

    answered(1_000, -5_000, RateLimitObservation.NONE);
    answered(1_000, Long.MAX_VALUE, RateLimitObservation.NONE);
    answered(1_000, 1_000_000_000, RateLimitObservation.NONE);

    assertThat(level(Dimension.TPM)).isCloseTo(6_000, within(1.0));
    assertThat(level(Dimension.TPD)).isCloseTo(198_000, within(1.0));
  }

  @Test
  void a_refusal_with_figures_that_cannot_be_teaches_nothing() throws SQLException {
    open(FREE);
    seen();

    replica.refused(0, VirtualReplica.refusal(Dimension.TPM, 1, 1));
    replica.refused(0, VirtualReplica.refusal(Dimension.TPM, Double.NaN, 1));
    replica.refused(0, VirtualReplica.refusal(Dimension.TPD, 200_000, 1e18));

    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(level(Dimension.TPD)).isGreaterThanOrEqualTo(-50_000);
  }

  @Test
  void what_cannot_be_written_is_kept_and_written_with_the_next_reservation() throws SQLException {
    open(FREE);
    answered(0, 0, VirtualReplica.groq(1_000, 8_000, 8_000));
    at(1);
    reserve(2, 2_000);

    replica.transactions.away(true);
    answered(2_000, 1_000, RateLimitObservation.NONE);
    replica.refused(
        2_000,
        new ThrottleNotice(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(20))));
    at(6);
    replica.transactions.away(false);
    Grant denied = reserve(1, 1_000);

    assertThat(denied.waitTime()).isCloseTo(Duration.ofSeconds(15), Duration.ofMillis(10));
    assertThat(level(Dimension.TPM)).isCloseTo(7_000 + 5 * 8_000 / 60.0, within(1.0));
    assertThat(replica.quota().throttled()).isEqualTo(1);
  }

  @Test
  void a_row_that_is_gone_is_opened_again() throws SQLException {
    open(FREE);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM model_quota");
    }

    assertThat(reserve(1, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void limits_that_are_configured_no_more_are_assumed_again_and_the_row_stays()
      throws SQLException {
    replica =
        VirtualReplica.of(
            VirtualReplica.terms(
                new Limits(5.0, null, 2_000.0, null), InitialLimits.Source.CONFIGURED),
            new VirtualTransactions(connection));
    VirtualReplica other = replica;
    other.answered(0, 0, RateLimitObservation.NONE);

    open(FREE);

    assertThat(replica.quota().buckets()).hasSize(4);
    assertThat(limit(Dimension.TPM)).contains(8_000.0);
    assertThat(learned(Dimension.TPM)).isEqualTo("plan");
    assertThat(other.reserve(1, 1_000).calls()).isEqualTo(1);
  }

  @Test
  void what_is_learned_at_one_address_is_not_used_at_another() throws SQLException {
    open(FREE);
    answered(0, 0, VirtualReplica.groq(500_000, 250_000, 250_000));

    VirtualReplica elsewhere =
        VirtualReplica.of(
            new InitialLimits(
                "http://localhost:8000/v1",
                VirtualReplica.MODEL,
                FREE,
                InitialLimits.Source.ASSUMED_PLAN),
            replica.transactions);

    assertThat(elsewhere.limit(Dimension.TPM)).contains(8_000.0);
    assertThat(limit(Dimension.TPM)).contains(250_000.0);
  }

  @Test
  void what_was_learned_is_forgotten_when_asked_to_for_all_replicas() throws SQLException {
    open(FREE);
    VirtualReplica other = VirtualReplica.guessing(FREE, replica.transactions);
    answered(0, 0, VirtualReplica.groq(500_000, 250_000, 250_000));
    pause(Duration.ofMinutes(10), "cooldown");

    replica.store.reset(VirtualReplica.MODEL);

    assertThat(other.limit(Dimension.TPM)).contains(8_000.0);
    assertThat(other.reserve(1, 1_000).calls()).isEqualTo(1);
    other.answered(1_000, 1_000, VirtualReplica.groq(500_000, 250_000, 249_000));
    assertThat(limit(Dimension.TPM)).contains(250_000.0);
  }

  @Test
  void a_row_takes_new_ids_and_keeps_what_it_knows() throws SQLException {
    open(Limits.of(100_000, 1e9, 1e9, null));
    seen();
    long first = id();

    for (int i = 0; i < 500; i++) {
      reserve(1, 1_000);
      answered(1_000, 1_000, RateLimitObservation.NONE);
    }

    assertThat(id()).isGreaterThan(first);
    assertThat(level(Dimension.TPM)).isCloseTo(1e9 - 500_000, within(1.0));
  }

  private long id() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(id), count(*) FROM model_quota")) {
      row.next();
      assertThat(row.getInt(2)).isEqualTo(1);
      return row.getLong(1);
    }
  }

  /** As {@code auto}, where the plan is a guess. */
  private void open(Limits limits) {
    replica = VirtualReplica.guessing(limits, new VirtualTransactions(connection));
  }

  private void at(double seconds) throws SQLException {
    replica.at(seconds);
  }

  private Grant reserve(int calls, long each) {
    return replica.reserve(calls, each);
  }

  /** An answer that is no sign of anything was seen. */
  private void seen() {
    answered(0, 0, RateLimitObservation.NONE);
  }

  private void answered(long reserved, long used, RateLimitObservation seen) {
    replica.answered(reserved, used, seen);
  }

  private void pause(Duration pause, String reason) {
    replica.store.update(
        VirtualReplica.MODEL,
        (on, row, age) -> ThrottleLearning.pause(on, row, pause.minus(age), reason));
  }

  private static RateLimitObservation seen(long requests, long tokens) {
    return new RateLimitObservation(
        VirtualReplica.told(requests, requests, 0), VirtualReplica.told(tokens, tokens, 0), true);
  }

  private Optional<Double> limit(Dimension dimension) {
    return replica.limit(dimension);
  }

  private String learned(Dimension dimension) {
    return replica.learned(dimension);
  }

  private double level(Dimension dimension) {
    return replica.level(dimension);
  }
}
