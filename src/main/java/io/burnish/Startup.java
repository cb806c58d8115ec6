package io.burnish;

import io.burnish.access.oidc.OidcSettings;
import io.burnish.database.CannotStartException;
import io.burnish.database.Login;
import io.burnish.database.StartupCheck;
import io.burnish.local.LocalServices;
import io.burnish.local.LocalStartException;
import io.burnish.provider.MissingKeyException;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.settings.SettingsCheck;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the application once its database is available. Before the application it starts the
 * {@link LocalServices} that the settings name, and passes their configuration as system
 * properties; they stop after the application.
 */
final class Startup {

  private static final String URL = "quarkus.datasource.jdbc.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";

  /** Time for the application to stop; longer than its drain takes. */
  private static final int STOP_SECONDS = 60;

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

  /** Returns when the application has stopped, or exits the process. */
  void run(String... args) {
    checkSettings();
    OidcSettings.of(config).forEach(System::setProperty);
    TrustedProxies.configure(config)
        .ifPresent(
            why -> {
              System.err.println(why);
              System.exit(1);
            });
    try {
      MissingKeyException.throwIfMissing(config.getConfigMapping(ProviderConfig.class));
      // After a live reload, too: the system properties then name the server of the first load.
      if (LocalServices.isDatabaseConfigured(config)) {
        awaitDatabase();
      }
      startLocalServices();
    } catch (CannotStartException | LocalStartException | MissingKeyException e) {
      System.err.println(e.getMessage());
      stopped.countDown();
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
    SettingsCheck check = new SettingsCheck(config, LocalServices.options());
    List<String> errors = check.errors();
    if (!errors.isEmpty()) {
      errors.forEach(System.err::println);
      System.exit(1);
    }
    check
        .unknown(System.getenv().keySet())
        .forEach(
            name ->
                log.warn(
                    "%s is not a setting of Burnish and has no effect; check its spelling against README.md and application.properties"
                        .formatted(name)));
  }

  private void awaitDatabase() {
    Login login =
        Login.of(
            config.getValue(URL, String.class),
            config.getOptionalValue(USER, String.class).orElse(null),
            config.getOptionalValue(PASSWORD, String.class).orElse(null));
    new StartupCheck(login, log::warn).awaitUsable(waitAtStart());
    // Flyway reads no login from the URL.
    System.setProperty(USER, login.user());
    System.setProperty(PASSWORD, login.password());
  }

  private Duration waitAtStart() {
    return config.getValue("burnish.database.wait-at-start", Duration.class);
  }

  private void startLocalServices() {
    LocalServices services = LocalServices.start(config);
    Map<String, String> settings = services.configuration();
    if (settings.isEmpty()) {
      return;
    }
    settings.forEach(System::setProperty);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stopAfter(stopped, services), "local-services"));
    services
        .databaseDirectory()
        .ifPresent(
            directory ->
                StartupCheck.ofEmbedded(
                        Login.of(settings.get(URL), settings.get(USER), settings.get(PASSWORD)),
                        directory,
                        log::warn)
                    .awaitUsable(waitAtStart()));
    services.watch(log::warn, this::exit);
  }

  /** Stops the application; halts the process if that takes too long without a database. */
  private void exit(String reason) {
    log.error(reason + ". The service stops with exit status 1");
    Quarkus.asyncExit(1);
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shutdown hooks run at the same time; the application writes its last outcomes meanwhile. */
  private static void stopAfter(CountDownLatch applicationStopped, LocalServices services) {
    try {
      applicationStopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services.close();
  }
}
