package io.burnish.quota.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.quota.VirtualDatabase;
import io.burnish.quota.VirtualReplica;
import io.burnish.quota.VirtualTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Headers of one name and several meanings. */
class HeaderMeaningTest {

  private Connection connection;
  private VirtualReplica replica;

  @BeforeEach
  void at_midnight() throws SQLException {
    connection = VirtualDatabase.connect();
    replica =
        VirtualReplica.guessing(VirtualReplica.FREE, new VirtualTransactions(connection).at(0));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void the_time_until_the_bucket_is_full_says_whether_requests_are_of_a_minute_or_a_day() {
    assertThat(requests(14_400, 14_370, 179.56)).contains(Dimension.RPD);
    assertThat(requests(500_000, 499_999, 0.172)).contains(Dimension.RPD);
    assertThat(requests(500, 499, 0.12)).contains(Dimension.RPM);
    assertThat(requests(10_000, 9_999, 0.006)).contains(Dimension.RPM);
    assertThat(requests(500, 0, 60)).contains(Dimension.RPM);
    assertThat(requests(500, 300, 23)).contains(Dimension.RPM);
  }

  @Test
  void nothing_is_concluded_from_what_shows_nothing() {
    assertThat(requests(500, 500, 0.12)).isEmpty();
    assertThat(requests(500, 400, 0)).isEmpty();
    assertThat(requests(150_000, 149_999, 0.0004)).isEmpty();
  }

  @Test
  void requests_of_a_minute_are_never_waited_for_a_day() throws SQLException {
    answered(requestsAndTokens(500, 499, 0.12));

    assertThat(replica.limit(Dimension.RPM)).contains(500.0);
    assertThat(replica.limit(Dimension.RPD)).isEmpty();
    assertThat(replica.limit(Dimension.TPD)).isEmpty();

    answered(requestsAndTokens(500, 0, 60));
    Grant denied = replica.reserve(1, 100);

    assertThat(denied.calls()).isZero();
    assertThat(denied.waitTime()).isLessThanOrEqualTo(Duration.ofMillis(121));
  }

  @Test
  void a_limit_taken_for_a_day_s_is_known_for_a_minute_s_when_a_reset_says_so() {
    answered(requestsAndTokens(500, 500, 0));
    assertThat(replica.limit(Dimension.RPD)).contains(500.0);

    answered(requestsAndTokens(500, 490, 1.2));

    assertThat(replica.limit(Dimension.RPD)).isEmpty();
    assertThat(replica.limit(Dimension.RPM)).contains(500.0);
    assertThat(replica.level(Dimension.RPM)).isLessThanOrEqualTo(490);
  }

  @Test
  void none_remaining_without_a_reset_is_tried_again_within_a_minute() {
    answered(requestsAndTokens(500, 0, 0));

    assertThat(replica.reserve(1, 100).waitTime()).isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void none_remaining_with_a_short_reset_is_waited_for_as_long_as_the_reset_says()
      throws SQLException {
    answered(
        new RateLimitObservation(
            RateLimitObservation.Reported.NONE,
            new RateLimitObservation.Reported(
                Optional.of(8_000L), Optional.of(0L), Optional.of(Duration.ofSeconds(2))),
            true));

    assertThat(replica.reserve(1, 7_000).waitTime()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    replica.at(2.1);
    assertThat(replica.reserve(1, 7_000).calls()).isEqualTo(1);
  }

  @Test
  void groq_s_headers_mean_what_they_always_did() throws SQLException {
    answered(VirtualReplica.groq(1_000, 8_000, 0));

    assertThat(replica.limit(Dimension.RPD)).contains(1_000.0);
    assertThat(replica.limit(Dimension.RPM)).contains(30.0);
    assertThat(replica.reserve(1, 4_000).waitTime()).isGreaterThan(Duration.ofSeconds(29));
    replica.at(20);
    assertThat(replica.reserve(1, 4_000).calls()).isZero();
  }

  private void answered(RateLimitObservation seen) {
    replica.answered(0, 0, seen);
  }

  private static Optional<Dimension> requests(long limit, long left, double fullIn) {
    return HeaderMeaning.ofRequests(VirtualReplica.told(limit, left, fullIn));
  }

  private static RateLimitObservation requestsAndTokens(long limit, long left, double fullIn) {
    return new RateLimitObservation(
        VirtualReplica.told(limit, left, fullIn), VirtualReplica.told(200_000, 199_000, 0.3), true);
  }
}
