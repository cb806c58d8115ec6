package io.burnish.local;

import io.burnish.settings.SettingsCheck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * The services that a single machine starts before the application: an embedded PostgreSQL unless
 * {@code QUARKUS_DATASOURCE_JDBC_URL} is set, and the simulator with {@code
 * BURNISH_PROVIDER=simulated}. Close them after the application has stopped.
 */
public final class LocalServices implements AutoCloseable {

  private static final String URL = "quarkus.datasource.jdbc.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";
  private static final String DIRECTORY = "burnish.database.directory";
  private static final String DEFAULT_DIRECTORY = ".burnish/postgresql";

  private final Optional<OfflineProvider> provider;
  private final Optional<EmbeddedPostgresql> database;

  private LocalServices(Optional<OfflineProvider> provider, Optional<EmbeddedPostgresql> database) {
    this.provider = provider;
    this.database = database;
  }

  /** The options of the simulator, for the check of all settings at start. */
  public static SettingsCheck.Options options() {
    return new OfflineProviderOptions();
  }

  /** Whether a database is configured, so that no embedded one is started. */
  public static boolean isDatabaseConfigured(Config config) {
    return config.getOptionalValue(URL, String.class).filter(url -> !url.isBlank()).isPresent();
  }

  /**
   * Starts the services that the settings require; possibly none.
   *
   * @throws LocalStartException if a service can't be started; the message says why and what to do
   */
  public static LocalServices start(Config config) {
    Optional<OfflineProvider> provider =
        OfflineProvider.isWanted(config)
            ? Optional.of(OfflineProvider.start(config))
            : Optional.empty();
    try {
      Optional<EmbeddedPostgresql> database =
          isDatabaseConfigured(config)
              ? Optional.empty()
              : Optional.of(EmbeddedPostgresql.start(directory(config)));
      return new LocalServices(provider, database);
    } catch (LocalStartException e) {
      provider.ifPresent(OfflineProvider::close);
      throw e;
    }
  }

  private static Path directory(Config config) {
    return Path.of(
        config
            .getOptionalValue(DIRECTORY, String.class)
            .filter(value -> !value.isBlank())
            .orElse(DEFAULT_DIRECTORY));
  }

  /** Settings by which the application reaches the services, passwords included. */
  public Map<String, String> configuration() {
    Map<String, String> settings = new HashMap<>();
    provider.ifPresent(started -> settings.putAll(started.configuration()));
    database.ifPresent(
        server -> {
          settings.put(URL, server.jdbcUrl());
          settings.put(USER, server.user());
          settings.put(PASSWORD, server.password());
          settings.put("burnish.worker.node", "embedded");
          // Only one process at a time can use these data, so all earlier workers have ended.
          settings.put("burnish.worker.sole", "true");
        });
    return settings;
  }

  /** The directory of the embedded PostgreSQL's data; empty where none was started. */
  public Optional<Path> databaseDirectory() {
    return database.map(server -> Path.of(server.directory()));
  }

  /**
   * Restarts the embedded PostgreSQL from now on when it ends unexpectedly. Does nothing if there
   * is none.
   *
   * @param messages receives a sentence per event
   * @param lost receives the reason, once, when the database can't be restarted
   */
  public void watch(Consumer<String> messages, Consumer<String> lost) {
    database.ifPresent(server -> server.watch(messages, lost));
  }

  @Override
  public void close() {
    provider.ifPresent(OfflineProvider::close);
    database.ifPresent(EmbeddedPostgresql::close);
  }
}
