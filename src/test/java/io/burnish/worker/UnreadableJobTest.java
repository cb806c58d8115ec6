package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.JobsOfNewerVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
  void a_job_that_nobody_can_read() {
    strange = JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 3);
  }

  @AfterEach
  void it_is_gone() {
    JobsOfNewerVersion.remove(sql, strange);
  }

  @Test
  void other_jobs_go_on_beside_it() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> claims() > 0);

    String other = Api.post(Discounts.list(Discounts.readable("1"), Discounts.readable("2")));

    assertThat(Api.ended(other).getString("outcome")).isEqualTo("succeeded");
    assertThat(Api.job(strange.toString()).getString("waitingFor.reason")).isEqualTo("outage");
    assertThat(Api.job(strange.toString()).getInt("counts.pending")).isEqualTo(3);
  }

  /** How often anything of it was claimed. */
  private int claims() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("SELECT max(fence) FROM item WHERE job_id = ?")) {
            statement.setObject(1, strange);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }
}
