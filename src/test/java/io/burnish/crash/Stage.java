package io.burnish.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * PostgreSQL, the provider and any number of replicas of the packaged service, each a process of
 * its own. All logs are kept in {@code target/crash}.
 */
final class Stage implements AutoCloseable {

  /** The database that replicas use unless another is named. */
  static final String DATABASE = "burnish";

  private final Path directory;
  private final Database database;
  private final Provider provider;
  private final List<Replica> replicas = new ArrayList<>();
  private int launched;

  private Stage(Path directory, Database database, Provider provider) {
    this.directory = directory;
    this.database = database;
    this.provider = provider;
  }

  /** Sets up a stage, without a replica yet. */
  static Stage open(Class<?> play) throws Exception {
    // A slow machine must not make a test fail; what is asserted are facts, not times.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    Path directory =
        Files.createDirectories(Path.of("target/crash", play.getSimpleName()).toAbsolutePath());
    Path data = Files.createTempDirectory("burnish-crash");
    Files.deleteIfExists(directory.resolve("calls.ndjson"));
    Database database = Database.start(data.resolve("data"));
    database.create(DATABASE);
    return new Stage(directory, database, Provider.start(directory));
  }

  Database database() {
    return database;
  }

  Provider provider() {
    return provider;
  }

  /** A running replica of that node. */
  Replica start(String node) throws IOException {
    return start(node, Map.of());
  }

  /** The same, with settings of its own: environment variables. */
  Replica start(String node, Map<String, String> settings) throws IOException {
    return launch(node, settings).untilUp();
  }

  /** A replica of that node that may not come up yet. */
  Replica launch(String node, Map<String, String> settings) throws IOException {
    Map<String, String> environment = usual(node);
    environment.putAll(settings);
    Replica replica =
        Replica.launch(directory.resolve("%02d-%s.log".formatted(++launched, node)), environment);
    replicas.add(replica);
    return replica;
  }

  /**
   * Silence is shorter than in production, so that the suite is; everything else is as it comes.
   */
  private Map<String, String> usual(String node) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOSTNAME", node);
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", Database.url(database.port(), DATABASE));
    environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", "0");
    environment.put("BURNISH_PROVIDER", "groq");
    environment.put("GROQ_API_KEY", "of-the-crash-suite");
    environment.put("GROQ_BASE_URL", provider.url());
    environment.put("BURNISH_PLAN", "unlimited");
    environment.put("BURNISH_PACK", "1");
    environment.put("BURNISH_WORKER_HEARTBEAT", "1s");
    environment.put("BURNISH_WORKER_SILENCE", "6s");
    return environment;
  }

  /** Ends every replica, as a power cut would, and forgets what was asked of the provider. */
  void clear() {
    replicas.forEach(Replica::close);
    replicas.clear();
    provider.answersTake(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    replicas.forEach(Replica::close);
    provider.close();
    database.close();
  }
}
