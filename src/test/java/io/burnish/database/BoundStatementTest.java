package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.fixtures.WorkerDisabled;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerDisabled.class)
class BoundStatementTest {

  @Inject Sql sql;

  @Test
  void values_are_set_in_the_order_of_the_text_and_null_is_null() {
    UUID id = UUID.randomUUID();
    BoundStatement statement =
        BoundStatement.of("SELECT ?::text, ?::uuid", "it's", id).and(", ?::int, ?::int", null, 7);

    String row =
        sql.run(
            connection -> {
              try (PreparedStatement prepared = statement.prepare(connection);
                  ResultSet rows = prepared.executeQuery()) {
                rows.next();
                return "%s %s %s %s"
                    .formatted(
                        rows.getString(1), rows.getString(2), rows.getObject(3), rows.getObject(4));
              }
            });

    assertThat(row).isEqualTo("it's " + id + " null 7");
  }

  @Test
  void an_update_tells_how_many_rows_it_changed() {
    int changed =
        sql.run(
            connection -> {
              BoundStatement.of("CREATE TEMP TABLE bound (n int) ON COMMIT DROP")
                  .update(connection);
              BoundStatement.of("INSERT INTO bound SELECT generate_series(1, ?)", 5)
                  .update(connection);
              return BoundStatement.of("DELETE FROM bound WHERE n > ?", 1)
                  .and(" AND n < ?", 4)
                  .update(connection);
            });

    assertThat(changed).isEqualTo(2);
  }
}
