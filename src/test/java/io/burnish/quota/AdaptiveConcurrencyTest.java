package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.limit.RateLimitObservation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that tell no limits, in virtual time on a real database. */
class AdaptiveConcurrencyTest {

  private static final int HANDS = 32;

  /** As large as a call may be under the free plan: the second would wait for most of a minute. */
  private static final long EACH = 7_200;

  private Connection connection;
  private VirtualTransactions time;

  @BeforeEach
  void at_midnight() throws SQLException {
    connection = VirtualDatabase.connect();
    time = new VirtualTransactions(connection).at(0);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 2, 20})
  void an_endpoint_that_tells_no_limits_is_used_fully_within_half_a_minute(double latency)
      throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, latency).sender(replica, HANDS, EACH);

    endpoint.until(30);

    assertThat(endpoint.most).isEqualTo(HANDS);
    assertThat(endpoint.refused).isZero();
    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.ADAPTIVE);
    assertThat(replica.quota().buckets()).isEmpty();
    assertThat(replica.pacing.largest(VirtualReplica.MODEL)).isEmpty();
  }

  @Test
  void a_model_of_no_known_plan_adapts_too() throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(Limits.NONE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 1).sender(replica, HANDS, EACH);

    assertThat(endpoint.until(20).most).isEqualTo(HANDS);
  }

  @Test
  void it_begins_small_and_doubles_each_second() throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.1).sender(replica, HANDS, EACH);

    assertThat(endpoint.until(0.09).most).isEqualTo(1);
    assertThat(endpoint.until(1).most).isLessThanOrEqualTo(4);
    assertThat(endpoint.until(2).most).isLessThanOrEqualTo(8);
    assertThat(endpoint.until(3).most).isLessThanOrEqualTo(16);
  }

  @Test
  void a_plan_that_is_named_is_kept_though_nobody_tells_it() throws SQLException {
    VirtualReplica replica = VirtualReplica.under(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.1).sender(replica, HANDS, 1_000);

    endpoint.until(60);

    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.LIMITS);
    assertThat(endpoint.answered).isLessThanOrEqualTo(35);
  }

  @Test
  void limits_that_are_configured_are_kept_though_nobody_tells_them() throws SQLException {
    VirtualReplica replica =
        VirtualReplica.of(
            VirtualReplica.terms(
                new Limits(60.0, null, null, null), InitialLimits.Source.CONFIGURED),
            time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.1).sender(replica, HANDS, 1_000);

    endpoint.until(60);

    assertThat(endpoint.answered).isBetween(50, 66);
  }

  @Tag("slow")
  @Test
  void three_replicas_share_what_an_endpoint_bears_in_flight() throws SQLException {
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 2);
    endpoint.mostInFlight = 20;
    List.of(1, 2, 3)
        .forEach(
            each ->
                endpoint.sender(VirtualReplica.guessing(VirtualReplica.FREE, time), HANDS, EACH));

    endpoint.until(60);
    int refusedBefore = endpoint.refused;
    int answeredBefore = endpoint.answered;
    endpoint.until(360);

    double mostPossible = 300 / 2.0 * 20;
    assertThat(endpoint.answered - answeredBefore).isGreaterThan((int) (0.75 * mostPossible));
    assertThat(endpoint.refused - refusedBefore).isLessThan((int) (0.02 * mostPossible));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 2, 20})
  void calls_a_minute_that_nobody_tells_are_found_without_a_storm(double latency)
      throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, latency).sender(replica, HANDS, EACH);
    endpoint.perMinute = 60;

    endpoint.until(120);
    int refusedFirst = endpoint.refused;
    int answeredFirst = endpoint.answered;
    endpoint.until(720);

    assertThat(refusedFirst).isLessThan(150);
    assertThat(endpoint.answered - answeredFirst).isGreaterThan(600 * 3 / 4);
    assertThat(endpoint.refused - refusedFirst).isLessThan(60);
  }

  @Test
  void an_endpoint_that_refuses_everything_is_asked_once_a_second_and_used_again_when_it_answers()
      throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.5).sender(replica, HANDS, EACH);
    endpoint.until(20);

    endpoint.mostInFlight = 0;
    endpoint.until(40);
    int refused = endpoint.refused;
    endpoint.mostInFlight = Integer.MAX_VALUE;
    endpoint.until(55);

    assertThat(refused).isLessThan(2 * HANDS + 40);
    assertThat(endpoint.most).isGreaterThanOrEqualTo(HANDS * 3 / 4);
    assertThat(endpoint.refused).isEqualTo(refused);
  }

  @Test
  void one_answer_with_limits_restores_the_plan() throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.5).sender(replica, HANDS, 1_000);
    endpoint.until(10);

    endpoint.tells = VirtualReplica.groq(1_000, 8_000, 2_000);
    endpoint.until(13);

    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.LIMITS);
    assertThat(replica.limit(Dimension.RPM)).contains(30.0);
    assertThat(replica.limit(Dimension.TPD)).contains(200_000.0);
    assertThat(replica.learned(Dimension.TPM)).isEqualTo("headers");
    assertThat(replica.level(Dimension.TPM)).isLessThanOrEqualTo(2_600);
  }

  @Test
  void limits_that_come_and_go_end_as_what_is_told_last() throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.5).sender(replica, HANDS, 1_000);
    endpoint.tells = VirtualReplica.groq(500_000, 250_000, 250_000);
    endpoint.until(10);
    endpoint.tells = VirtualReplica.untold();
    endpoint.until(20);

    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.ADAPTIVE);
    assertThat(replica.limit(Dimension.TPM)).contains(250_000.0);
    assertThat(replica.limit(Dimension.RPM)).isEmpty();

    endpoint.tells = VirtualReplica.groq(500_000, 250_000, 250_000);
    endpoint.until(30);

    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.LIMITS);
    assertThat(replica.limit(Dimension.RPM)).contains(1_000.0);
  }

  @Test
  void errors_say_nothing_of_limits() throws SQLException {
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.5).sender(replica, HANDS, 100);
    endpoint.tells = RateLimitObservation.NONE;

    endpoint.until(20);

    assertThat(endpoint.answered).isGreaterThan(3);
    assertThat(replica.quota().pacing()).isEqualTo(ModelQuota.PacingMode.LIMITS);
  }

  @Test
  void calls_of_a_replica_that_died_hold_nobody_up() throws SQLException {
    VirtualReplica dead = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualReplica replica = VirtualReplica.guessing(VirtualReplica.FREE, time);
    VirtualEndpoint endpoint = new VirtualEndpoint(time, 0.5).sender(dead, HANDS, EACH);
    endpoint.until(20);

    VirtualEndpoint alive = new VirtualEndpoint(time, 0.5).sender(replica, HANDS, EACH);
    alive.until(60);

    assertThat(alive.most).isEqualTo(HANDS);
  }
}
