package io.burnish.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An empty database for each start of the application. */
public class EmbeddedPostgresqlResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable String database;

  @Override
  public Map<String, String> start() {
    database = TestDatabases.create();
    return Map.of(
        "quarkus.datasource.jdbc.url", TestDatabases.url(database),
        "quarkus.datasource.username", "postgres",
        "quarkus.datasource.password", "postgres");
  }

  @Override
  public void stop() {
    if (database != null) {
      TestDatabases.drop(database);
      database = null;
    }
  }
}
