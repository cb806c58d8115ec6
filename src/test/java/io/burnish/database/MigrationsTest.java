package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void all_migrations_apply_to_an_empty_database() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      Flyway flyway =
          Flyway.configure()
              .dataSource(server.getJdbcUrl("postgres", "postgres"), "postgres", "")
              .load();

      flyway.migrate();

      List<MigrationInfo> migrations = Arrays.asList(flyway.info().all());
      assertThat(migrations).allMatch(migration -> migration.getState().isApplied());
      assertThat(migrations.get(0).getScript()).isEqualTo(UnreleasedSchema.FIRST_MIGRATION);
      assertThat(migrations)
          .extracting(MigrationInfo::getScript)
          .allMatch(script -> script.matches("V[1-9]\\d*__[a-z0-9]+(_[a-z0-9]+){2,}\\.sql"));
    }
  }
}
