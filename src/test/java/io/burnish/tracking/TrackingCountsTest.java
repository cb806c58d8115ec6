package io.burnish.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.tracking.decision.TrackedOverview;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class TrackingCountsTest {

  private static final int CONTENTS = 150_000;

  @Inject Tracking tracking;
  @Inject Sql sql;

  @BeforeEach
  void there_are_many() {
    Statements.empty(sql, "enhancement, imported_key");
    Statements.run(
        sql,
        "INSERT INTO enhancement (provider, profile, fingerprint, state, result)"
            + " SELECT 'simulated', 'discount', decode(md5(n::text), 'hex'), 'processed', '{}'"
            + " FROM generate_series(1, %d) n".formatted(CONTENTS));
  }

  @AfterEach
  void there_are_none() {
    Statements.empty(sql, "enhancement, imported_key");
  }

  @Test
  void what_can_be_counted_in_time_is_counted() {
    TrackedOverview counted = tracking.counts(null, Duration.ofMinutes(1));

    assertThat(counted.estimated()).isFalse();
    assertThat(counted.profiles().get("discount").processed()).isEqualTo(CONTENTS);
  }

  @Test
  void what_can_not_is_estimated_from_a_sample() {
    TrackedOverview estimated = tracking.counts(null, Duration.ofMillis(1));

    assertThat(estimated.estimated()).isTrue();
    assertThat((double) estimated.profiles().get("discount").processed())
        .isCloseTo(CONTENTS, Percentage.withPercentage(15));
  }
}
