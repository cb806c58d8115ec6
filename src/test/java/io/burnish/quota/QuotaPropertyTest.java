package io.burnish.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Our buckets beside a provider's, over random interleavings, in virtual time on a real database.
 */
class QuotaPropertyTest {

  private static final double TPM = 60_000;

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void a_call_that_is_granted_is_never_refused_and_what_drips_in_is_used(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int atOnce,
      @ForAll @LongRange(min = 500, max = 20_000) long need,
      @ForAll @DoubleRange(min = 0, max = 1) double opening)
      throws SQLException {
    try (Connection connection = VirtualDatabase.connect()) {
      VirtualProvider provider = new VirtualProvider(open(connection), TPM, TPM * opening, seed);
      boolean unknownOpening = opening * TPM < need;

      provider.saturate(180, atOnce, need);

      // Nobody can know of an account that somebody has just emptied; the first call finds out.
      assertThat(provider.refused).isLessThanOrEqualTo(unknownOpening ? 1 : 0);
      double mostThatHandsCanDo = atOnce * 180 / 2.6 * need * 0.4;
      double drippedIn = TPM * 3;
      assertThat(provider.charged)
          .isGreaterThan(
              Math.min(mostThatHandsCanDo, 0.95 * drippedIn - 2 * need * (unknownOpening ? 2 : 1)));
    }
  }

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void room_is_left_for_others_and_taken_back_when_they_stop(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 40) int atOnce) throws SQLException {
    try (Connection connection = VirtualDatabase.connect()) {
      VirtualProvider provider = new VirtualProvider(open(connection), TPM, TPM, seed);
      provider.others(1_500, 5, 180);

      provider.saturate(180, atOnce, 4_000);
      double beside = provider.charged;
      int sentBeside = provider.sent;
      int refusedBeside = provider.refused;
      provider.saturate(240, atOnce, 4_000);
      double before = provider.charged;
      provider.saturate(360, atOnce, 4_000);

      assertThat(beside).isGreaterThan(0.9 * 0.7 * TPM * 3);
      assertThat(refusedBeside).isLessThanOrEqualTo(sentBeside / 20);
      assertThat(provider.charged - before).isGreaterThan(0.93 * TPM * 2);
    }
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void refilling_in_steps_is_refilling_at_once(
      @ForAll @DoubleRange(min = 0.01, max = 20) double first,
      @ForAll @DoubleRange(min = 0.01, max = 20) double second)
      throws SQLException {
    try (Connection connection = VirtualDatabase.connect()) {
      VirtualReplica replica = open(connection);
      replica.reserve(1, (long) TPM);
      replica.at(first).pacing.refund(VirtualReplica.MODEL, 0, 0);
      replica.store.flush();
      replica.at(first + second).pacing.refund(VirtualReplica.MODEL, 0, 0);
      replica.store.flush();

      double level = replica.level(Dimension.TPM);

      assertThat(level).isCloseTo((first + second) * TPM / 60, within(0.01));
    }
  }

  private static VirtualReplica open(Connection connection) throws SQLException {
    return VirtualReplica.under(
        Limits.of(6_000, 500_000, TPM, null), new VirtualTransactions(connection).at(0));
  }
}
