package io.burnish;

import io.burnish.database.EmbeddedPostgresql;
import io.burnish.database.EmbeddedPostgresql.CannotStartException;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts Burnish; and before it, where no server is named, a PostgreSQL of its own, which stops
 * after it.
 */
@QuarkusMain
public final class Burnish {

  private static final String URL = "quarkus.datasource.jdbc.url";

  /** Longer than the application may take to drain. */
  private static final int PATIENCE_SECONDS = 60;

  /** The program's entry; arguments are handed to the application. */
  public static void main(String... args) {
    CountDownLatch stopped = new CountDownLatch(1);
    if (!isNamed(URL, "QUARKUS_DATASOURCE_JDBC_URL")) {
      startDatabase(stopped);
    }
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      stopped.countDown();
      Quarkus.run(args);
      return;
    }
    Quarkus.run(
        null,
        (exitCode, failure) -> {
          stopped.countDown();
          if (failure != null) {
            failure.printStackTrace();
          }
          System.exit(exitCode);
        },
        args);
  }

  /**
   * Also true after a live reload: the server that was started for the first load is named then.
   */
  private static boolean isNamed(String property, String variable) {
    return System.getProperty(property) != null || isSaid(System.getenv(variable));
  }

  private static boolean isSaid(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  private static void startDatabase(CountDownLatch applicationStopped) {
    String directory = System.getenv("BURNISH_DATABASE_DIRECTORY");
    try {
      EmbeddedPostgresql server =
          EmbeddedPostgresql.start(
              Path.of(directory != null && isSaid(directory) ? directory : ".burnish/postgresql"));
      System.setProperty(URL, server.jdbcUrl());
      System.setProperty("quarkus.datasource.username", server.user());
      System.setProperty("quarkus.datasource.password", server.user());
      // Nobody else can be at work on these data, so whoever was before is dead.
      System.setProperty("burnish.worker.node", "embedded");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stopAfter(applicationStopped, server), "postgresql"));
    } catch (CannotStartException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Shutdown hooks run at the same time; the application's last outcomes must still find the
   * server.
   */
  private static void stopAfter(CountDownLatch applicationStopped, EmbeddedPostgresql server) {
    try {
      applicationStopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
