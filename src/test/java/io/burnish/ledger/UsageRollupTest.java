package io.burnish.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.WorkerDisabled;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class UsageRollupTest {

  @Inject Sql sql;
  @Inject UsageRollup rollup;

  @BeforeEach
  void nothing_was_called() {
    Statements.empty(sql, "provider_call, usage_minute");
  }

  private void called(String ago) {
    Statements.run(
        sql,
        """
        INSERT INTO provider_call (id, model, outcome, http_status, prompt_tokens, completion_tokens, cached_tokens,
                                   latency_ms, at)
        SELECT gen_random_uuid(), 'm', 'answered', 200, 100, 10, 50, 1, clock_timestamp() - interval '%s'
        FROM generate_series(1, 3)
        """
            .formatted(ago));
  }

  private String minutes() {
    return sql.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      """
                      SELECT count(*), sum(calls), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens)
                      FROM usage_minute WHERE model = 'm'
                      """)) {
            row.next();
            return "%d minutes, %d calls, %d + %d tokens, %d cached"
                .formatted(
                    row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5));
          }
        });
  }

  @Test
  void each_minute_is_added_up_once_and_only_when_it_is_over_for_a_minute() {
    called("3 hours");
    called("10 minutes");
    called("0 s");
    called("9 days");

    rollup.rollUp();
    rollup.rollUp();

    assertThat(minutes()).isEqualTo("2 minutes, 6 calls, 600 + 60 tokens, 300 cached");
  }

  @Test
  void minutes_that_are_over_later_are_added() {
    called("10 minutes");
    rollup.rollUp();
    called("5 minutes");
    rollup.rollUp();

    assertThat(minutes()).startsWith("2 minutes, 6 calls");
  }
}
