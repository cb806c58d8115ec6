package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica that is killed while it migrates the database. */
@Tag("crash")
class MigrationIT {

  private static final String APPLIED = "SELECT count(*) FROM flyway_schema_history WHERE success";

  /** The last table of V1: its creation waits until this transaction ends, and is rolled back. */
  private static final String BLOCKS_MIGRATION = "CREATE TABLE worker ()";

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void the_next_start_after_a_kill_in_a_migration_migrates_and_works() throws Exception {
    try (Hold hold = STAGE.database().hold(Environment.DATABASE, BLOCKS_MIGRATION)) {
      Replica victim = STAGE.launch("a", Map.of());
      hold.untilBlocked(1);
      victim.kill();
    }
    assertThat(STAGE.database().number(Environment.DATABASE, APPLIED)).isZero();

    Replica next = STAGE.start("a");

    assertThat(STAGE.database().number(Environment.DATABASE, APPLIED)).isPositive();
    Batch batch = Batch.of(20);
    Invariants.isWhole(STAGE, next, new Posted(batch, next.post(batch)), batch.size());
  }
}
