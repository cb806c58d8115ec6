package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.crash.Invariants.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup that is made while a job is half done, and restored after the database was lost. The
 * service runs on during the backup.
 *
 * <p>Records that were decided before the backup are not asked about again, and their results are
 * there. What may be paid for twice is what the backup can't know: records whose answers arrived
 * between the backup and the disaster, and calls that were in flight during the backup. Jobs that
 * were posted in this time are lost; their clients must post them again, with the same {@code
 * Idempotency-Key}.
 */
@Tag("crash")
class BackupIT {

  /** The first with {@code pg_backup_start}. */
  private static final int LOW_LEVEL_BACKUP = 15;

  private static final Map<String, String> SETTINGS = Map.of("BURNISH_CONCURRENCY", "8");

  @RegisterExtension static final Environment STAGE = new Environment();

  @TempDir Path directory;

  /** A job that is partly done. */
  private record HalfDone(Replica replica, Posted posted) {}

  private static HalfDone halfDone() throws Exception {
    Replica replica = STAGE.startTrusting("a", SETTINGS);
    STAGE.provider().answersTake(Duration.ofMillis(250));
    Batch batch = Batch.of(400);
    Posted posted = new Posted(batch, replica.post(batch));
    untilSucceeded(posted, 100);
    return new HalfDone(replica, posted);
  }

  private static void untilSucceeded(Posted posted, int records) {
    await().until(() -> STAGE.tables().succeeded(posted.job()).size() >= records);
  }

  /** Answers arrive after the backup, and then everything is lost. */
  private static void disaster(HalfDone halfDone) {
    int atBackup = STAGE.tables().succeeded(halfDone.posted().job()).size();
    untilSucceeded(halfDone.posted(), atBackup + 20);
    halfDone.replica().kill();
    STAGE.provider().untilQuiet();
  }

  /** A replica on the restored tables ends the job, and pays for nothing that they know. */
  private static void goesOn(HalfDone halfDone, Tables restored) throws Exception {
    Batch batch = halfDone.posted().batch();
    String job = halfDone.posted().job();
    List<String> known = restored.succeeded(job);
    int asked = STAGE.provider().asked(batch).size();
    STAGE.provider().answersTake(Duration.ZERO);

    Replica next = STAGE.start("b", restored.settings());

    Invariants.isWhole(
        STAGE, restored, next, halfDone.posted(), asked + batch.size() - known.size());
    assertThat(known).hasSizeBetween(100, batch.size() - 1);
    assertThat(timesAsked(batch, known)).isEqualTo(known.size());
    // Tracking was restored, too: the same content is not asked about again.
    int askedInAll = STAGE.provider().asked(batch).size();
    Posted again = new Posted(batch, next.post(batch));
    Invariants.isWhole(STAGE, restored, next, again, askedInAll);
  }

  private static long timesAsked(Batch batch, List<String> titles) {
    return STAGE.provider().asked(batch).stream()
        .filter(asked -> titles.contains(asked.title()))
        .count();
  }

  @Test
  void a_copy_of_the_whole_server_made_under_load() throws Exception {
    assumeTrue(
        Backups.version(STAGE.database()) >= LOW_LEVEL_BACKUP,
        "pg_backup_start needs PostgreSQL " + LOW_LEVEL_BACKUP);
    HalfDone halfDone = halfDone();
    Path copy = directory.resolve("data");

    Backups.base(STAGE.database(), STAGE.data(), copy);
    disaster(halfDone);

    try (Database restored = Database.start(copy)) {
      goesOn(halfDone, new Tables(restored, Environment.DATABASE));
    }
  }

  /** The binaries of the embedded server have no pg_dump: that of the machine must be as new. */
  @Test
  void a_dump_made_under_load() throws Exception {
    int version = Backups.version(STAGE.database());
    int versionOfDump = Backups.versionOfDump();
    assumeTrue(
        versionOfDump >= version,
        "pg_dump %d can't dump PostgreSQL %d (0: there is none); -Dembedded-postgres-binaries.version=14.22.0 starts an older server"
            .formatted(versionOfDump, version));
    HalfDone halfDone = halfDone();
    Path dump = directory.resolve("burnish.dump");
    Tables restored = new Tables(STAGE.database(), "restored");

    Backups.dump(STAGE.tables(), dump);
    disaster(halfDone);
    STAGE.database().create(restored.database());
    Backups.restore(dump, restored);

    goesOn(halfDone, restored);
  }
}
