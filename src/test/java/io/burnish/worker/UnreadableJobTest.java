package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.JobsOfNewerVersion;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job of another version, and the worker at work. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class UnreadableJobTest {

  @Inject Sql sql;

  private UUID strange = new UUID(0, 0);

  @BeforeEach
  void a_job_that_this_version_cannot_read() {
    strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
  }

  @AfterEach
  void it_is_gone() {
    JobsOfNewerVersion.remove(sql, strange);
  }

  @Test
  void other_jobs_go_on_beside_it() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> claims() > 0);

    Scenario.given(2).ended().assertOutcome("succeeded");

    PostedJob waiting = new PostedJob(strange.toString());
    assertThat(waiting.view().getString("waitingFor.reason")).isEqualTo("outage");
    assertThat(waiting.count("pending")).isEqualTo(3);
  }

  /** How often anything of it was claimed. */
  private int claims() {
    return Statements.number(sql, "SELECT max(fence) FROM item WHERE job_id = ?", strange);
  }
}
