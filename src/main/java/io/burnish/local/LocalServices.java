package io.burnish.local;

import io.burnish.settings.SettingsCheck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * The services that a single machine starts for itself, before the application: an embedded
 * PostgreSQL where no database is named, and the simulator with {@code BURNISH_PROVIDER=simulated}.
 * The application must have stopped before they are closed.
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

  /** The settings of the simulator, for the check at start. */
  public static SettingsCheck.Options options() {
    return new SimulatorOptions();
  }

  /** Whether a database is named, so that none is started here. */
  public static boolean isDatabaseNamed(Config config) {
    return config.getOptionalValue(URL, String.class).filter(url -> !url.isBlank()).isPresent();
  }

  /**
   * Starts what the settings ask for; possibly nothing.
   *
   * @throws LocalStartException when a service can't be started; the message says why and what to
   *     do
   */
  public static LocalServices start(Config config) {
    Optional<OfflineProvider> provider =
        OfflineProvider.isWanted(config)
            ? Optional.of(OfflineProvider.start(config))
            : Optional.empty();
    try {
      Optional<EmbeddedPostgresql> database =
          isDatabaseNamed(config)
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
            .filter(named -> !named.isBlank())
            .orElse(DEFAULT_DIRECTORY));
  }

  /** What the application must know of the services: settings by their names, with passwords. */
  public Map<String, String> configuration() {
    Map<String, String> settings = new HashMap<>();
    provider.ifPresent(started -> settings.putAll(started.configuration()));
    database.ifPresent(
        server -> {
          settings.put(URL, server.jdbcUrl());
          settings.put(USER, server.user());
          settings.put(PASSWORD, server.password());
          settings.put("burnish.worker.node", "embedded");
          // One process at a time may use the data, so every other worker of theirs has ended.
          settings.put("burnish.worker.sole", "true");
        });
    return settings;
  }

  /** The directory of the embedded PostgreSQL's data; empty where none was started. */
  public Optional<Path> databaseDirectory() {
    return database.map(server -> Path.of(server.place()));
  }

  /**
   * Restarts the embedded PostgreSQL from now on when it ends by itself. Does nothing where there
   * is none.
   *
   * @param messages takes what happened, as sentences
   * @param lost takes the reason, once, when the database is lost for good
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
