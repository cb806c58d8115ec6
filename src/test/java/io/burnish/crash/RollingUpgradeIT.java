package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Invariants.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The version before and the present one on one database at once: what a rolling upgrade and a
 * downgrade by one version do. Migrations must be compatible with the version before. The version
 * before had no tracking for each owner, so all jobs belong to the owner {@code default}, as the
 * migration demands.
 */
@Tag("crash")
class RollingUpgradeIT {

  /** The version before: the last one with the migrations V1 to V9. Moves on with each release. */
  private static final String BEFORE = "39d4f12";

  private static final String MIGRATIONS =
      "SELECT count(*) FROM flyway_schema_history WHERE success";

  /** What a version after this one may add: a migration, and a column that may be null. */
  private static final String MIGRATION_OF_THE_FUTURE =
      """
      ALTER TABLE job ADD COLUMN added_by_a_later_version text;
      ALTER TABLE item ADD COLUMN added_by_a_later_version text NOT NULL DEFAULT 'none';
      INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                                         execution_time, success)
      SELECT max(installed_rank) + 1, '9999', 'added by a later version', 'SQL',
             'V9999__added_by_a_later_version.sql', 1, 'postgres', 1, true
      FROM flyway_schema_history
      """;

  @RegisterExtension static final Environment STAGE = new Environment();

  private static Path before = Path.of("");

  private Tables tables = STAGE.tables();

  @BeforeAll
  static void build_the_version_before() throws Exception {
    before = EarlierVersion.application(BEFORE, Path.of("target/crash/RollingUpgradeIT"));
  }

  /** Each test has an empty database. */
  @BeforeEach
  void create_a_database(TestInfo test) throws Exception {
    tables = new Tables(STAGE.database(), test.getTestMethod().orElseThrow().getName());
    STAGE.database().create(tables.database());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(tables.settings());
    settings.put("BURNISH_CONCURRENCY", "8");
    return settings;
  }

  /**
   * A replica of the version before. It refuses to start on newer tables unless it is told not to;
   * this version needs no such setting.
   */
  private Replica startBefore(String node) throws Exception {
    Map<String, String> settings = settings();
    settings.put("QUARKUS_FLYWAY_IGNORE_MIGRATION_PATTERNS", "*:future");
    return STAGE.launch(node, settings, before).untilUp();
  }

  private Replica startPresent(String node) throws Exception {
    return STAGE.start(node, settings());
  }

  private long migrations() {
    return tables.number(MIGRATIONS);
  }

  /** That every record was decided, and asked about once. */
  private void isWhole(Replica replica, Posted posted) {
    Invariants.isWhole(STAGE, tables, replica, posted, posted.batch().size());
  }

  private static Posted post(Replica replica, int records) {
    Batch batch = Batch.of(records);
    return new Posted(batch, replica.post(batch));
  }

  /** Ends as Kubernetes ends a pod. */
  private void rollOver(Replica replica) {
    replica.program().terminate();
    assertThat(replica.program().ended()).isEqualTo(143);
    assertThat(tables.held(replica)).isZero();
  }

  /** Long enough that the first job is at work while the other version starts. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final Duration FAST = Duration.ofMillis(200);
  private static final int LONG_JOB = 400;

  private void untilBothWork(Replica one, Replica other) {
    await().until(() -> tables.held(one) > 0 && tables.held(other) > 0);
  }

  @Test
  void upgrade_under_load() throws Exception {
    Replica old = startBefore("old");
    long migrationsBefore = migrations();
    STAGE.provider().answersTake(SLOW);
    Posted toOld = post(old, LONG_JOB);
    STAGE.provider().untilInFlight(4);

    Replica present = startPresent("present");
    Posted toBoth = post(old, 100);
    Posted sameContent = new Posted(toBoth.batch(), present.post(toBoth.batch()));
    Posted toPresent = post(present, 100);
    untilBothWork(old, present);
    STAGE.provider().answersTake(FAST);
    long migrationsAfter = migrations();
    int seenByOld = old.job(toPresent.job()).at("/counts/total").asInt();
    int seenByPresent = present.job(toOld.job()).at("/counts/total").asInt();
    rollOver(old);
    Replica next = startPresent("next");

    assertThat(migrationsAfter).isGreaterThan(migrationsBefore);
    assertThat(seenByOld).isEqualTo(toPresent.batch().size());
    assertThat(seenByPresent).isEqualTo(toOld.batch().size());
    isWhole(next, toOld);
    isWhole(present, toPresent);
    isWhole(next, toBoth);
    isWhole(present, sameContent);
  }

  @Test
  void downgrade_under_load() throws Exception {
    Replica present = startPresent("present");
    long migrated = migrations();
    STAGE.provider().answersTake(SLOW);
    Posted toPresent = post(present, LONG_JOB);
    STAGE.provider().untilInFlight(4);

    Replica old = startBefore("old");
    Posted toOld = post(old, 100);
    untilBothWork(old, present);
    STAGE.provider().answersTake(FAST);
    rollOver(present);

    isWhole(old, toPresent);
    isWhole(old, toOld);
    isWhole(old, post(old, 20));
    assertThat(migrations()).isEqualTo(migrated);
  }

  @Test
  void each_version_takes_over_what_the_other_held_when_it_was_killed() throws Exception {
    Replica present = startPresent("present");
    Replica old = startBefore("old");
    STAGE.provider().answersTake(SLOW);
    Posted first = post(old, 100);
    untilBothWork(old, present);
    present.kill();
    int heldByPresent = tables.held(present);
    isTakenOver(old, first, heldByPresent);

    Replica next = startPresent("next");
    Posted second = post(next, 100);
    untilBothWork(old, next);
    old.kill();
    int heldByOld = tables.held(old);
    isTakenOver(next, second, heldByOld);
  }

  /** Only what was in flight at the kill may be asked about again. */
  private void isTakenOver(Replica by, Posted posted, int lost) {
    Invariants.isWhole(STAGE, tables, by, posted, posted.batch().size() + lost);
  }

  @Test
  void this_version_works_on_the_tables_of_a_later_one() throws Exception {
    Replica first = startPresent("first");
    Posted posted = post(first, 60);
    STAGE.database().run(tables.database(), MIGRATION_OF_THE_FUTURE);
    long migrated = migrations();
    rollOver(first);

    Replica downgraded = startPresent("downgraded");

    isWhole(downgraded, posted);
    isWhole(downgraded, post(downgraded, 20));
    assertThat(Http.get(downgraded.url() + "/q/health/ready").status()).isEqualTo(200);
    assertThat(migrations()).isEqualTo(migrated);
  }
}
