package io.burnish;

import io.burnish.database.CannotStartException;
import io.burnish.database.EmbeddedPostgresql;
import io.burnish.database.StartupCheck;
import io.burnish.database.StartupCheck.Login;
import io.burnish.provider.MissingKeyException;
import io.burnish.provider.ProviderConfig;
import io.burnish.settings.SettingsCheck;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts Burnish once its database can be used; and before it, where no server is named, a
 * PostgreSQL of its own, which stops after it.
 */
final class Startup {

  private static final String URL = "quarkus.datasource.jdbc.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";

  /** Longer than the application may take to drain. */
  private static final int PATIENCE_SECONDS = 60;

  private final SmallRyeConfig config;
  private final StartLog log;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Startup(SmallRyeConfig config) {
    this.config = config;
    this.log =
        new StartLog(
            System.out,
            config
                .getOptionalValue("quarkus.log.console.json.enabled", Boolean.class)
                .orElse(false));
  }

  /** Returns when the application has stopped, or ends the process. */
  void run(String... args) {
    checkSettings();
    try {
      MissingKeyException.throwIfMissing(config.getConfigMapping(ProviderConfig.class));
      if (isNamed()) {
        awaitDatabase();
      } else {
        startDatabase();
      }
    } catch (CannotStartException | MissingKeyException e) {
      System.err.println(e.getMessage());
      System.exit(1);
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
            StartFailure.print(failure, config, System.err);
          }
          System.exit(exitCode);
        },
        args);
  }

  private void checkSettings() {
    SettingsCheck check = new SettingsCheck(config, new SimulatorOptions());
    List<String> mistakes = check.mistakes();
    if (!mistakes.isEmpty()) {
      mistakes.forEach(System.err::println);
      System.exit(1);
    }
    check
        .unknown(System.getenv().keySet())
        .forEach(
            name ->
                log.warn(
                    "%s is no setting of Burnish and has no effect: is it misspelt? README.md and application.properties list all"
                        .formatted(name)));
  }

  /**
   * Also true after a live reload: the server that was started for the first load is named then.
   */
  private boolean isNamed() {
    return config.getOptionalValue(URL, String.class).filter(url -> !url.isBlank()).isPresent();
  }

  private void awaitDatabase() {
    Login login =
        Login.of(
            config.getValue(URL, String.class),
            config.getOptionalValue(USER, String.class).orElse(null),
            config.getOptionalValue(PASSWORD, String.class).orElse(null));
    new StartupCheck(login, log::warn)
        .untilUsable(config.getValue("burnish.database.wait-at-start", Duration.class));
    // Flyway reads no login from the URL.
    System.setProperty(USER, login.user());
    System.setProperty(PASSWORD, login.password());
  }

  private void startDatabase() {
    String directory =
        config
            .getOptionalValue("burnish.database.directory", String.class)
            .filter(named -> !named.isBlank())
            .orElse(".burnish/postgresql");
    EmbeddedPostgresql server = EmbeddedPostgresql.start(Path.of(directory));
    System.setProperty(URL, server.jdbcUrl());
    System.setProperty(USER, server.user());
    System.setProperty(PASSWORD, server.password());
    System.setProperty("burnish.worker.node", "embedded");
    // One process at a time may use the data, so every other worker of theirs has ended.
    System.setProperty("burnish.worker.sole", "true");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stopAfter(stopped, server), "postgresql"));
    server.watch(log::warn, this::exit);
  }

  /** Ends the application in order if it can; a database that is lost may keep it from doing so. */
  private void exit(String reason) {
    log.error(reason + ". The service ends");
    Quarkus.asyncExit(1);
    try {
      if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
