package io.burnish.crash;

import io.burnish.fixtures.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * PostgreSQL, the provider and any number of replicas of the packaged service, each a process of
 * its own: set up for a class of tests, and cleared after each. All logs are kept in {@code
 * target/crash}.
 */
final class Environment implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** The database that replicas use unless another is named. */
  static final String DATABASE = "burnish";

  private static final String DATA = "data";

  private final Map<String, String> settings;
  private final List<String> providerOptions;
  private final List<Replica> replicas = new ArrayList<>();
  private Optional<Scenery> scenery = Optional.empty();
  private int launched;

  /** Without limits, a record a call. */
  Environment() {
    this(Map.of(), List.of());
  }

  /**
   * @param settings environment variables of every replica, beside the usual ones
   * @param providerOptions options of the provider, as on its command line
   */
  Environment(Map<String, String> settings, List<String> providerOptions) {
    this.settings = settings;
    this.providerOptions = providerOptions;
  }

  /** What stands there from the first test to the last. */
  private record Scenery(Path logs, Path data, Database database, Provider provider) {}

  @Override
  public void beforeAll(ExtensionContext play) throws Exception {
    // A slow machine must not make a test fail; what is asserted are facts, not times.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    Path logs =
        Files.createDirectories(
            Path.of("target/crash", play.getRequiredTestClass().getSimpleName()).toAbsolutePath());
    Path data = Files.createTempDirectory("burnish-crash");
    Files.deleteIfExists(logs.resolve("calls.ndjson"));
    Database database = Database.start(data.resolve(DATA));
    database.create(DATABASE);
    scenery = Optional.of(new Scenery(logs, data, database, Provider.start(logs, providerOptions)));
  }

  /** Ends every replica, as a power cut would, and lets the provider answer at once. */
  @Override
  public void afterEach(ExtensionContext test) {
    replicas.forEach(Replica::close);
    replicas.clear();
    provider().answersTake(Duration.ZERO);
  }

  @Override
  public void afterAll(ExtensionContext play) throws IOException {
    provider().close();
    database().close();
    Directories.delete(scenery.orElseThrow().data());
  }

  Database database() {
    return scenery.orElseThrow().database();
  }

  /** The data directory of the database. */
  Path data() {
    return scenery.orElseThrow().data().resolve(DATA);
  }

  /** The tables of the replicas for which no other database is named. */
  Tables tables() {
    return new Tables(database(), DATABASE);
  }

  Provider provider() {
    return scenery.orElseThrow().provider();
  }

  /** A running replica of that node. */
  Replica start(String node) throws IOException {
    return start(node, Map.of());
  }

  /** The same, with settings of its own: environment variables. */
  Replica start(String node, Map<String, String> settings) throws IOException {
    return launch(node, settings).untilUp();
  }

  /**
   * A replica that has heard from its model often enough to make any number of calls at once: one
   * that has just started makes four.
   */
  Replica startTrusting(String node, Map<String, String> settings) throws IOException {
    Replica replica = start(node, settings);
    for (int answers = 0; answers < 5; answers++) {
      replica.untilEnded(replica.post(Batch.of(1)));
    }
    return replica;
  }

  /** A replica of that node that may not come up yet. */
  Replica launch(String node, Map<String, String> settings) throws IOException {
    return launch(node, settings, Replica.APPLICATION);
  }

  /** The same, of the packaged service in that directory. */
  Replica launch(String node, Map<String, String> settings, Path application) throws IOException {
    Map<String, String> environment = usual(node);
    environment.putAll(settings);
    Replica replica =
        Replica.launch(
            scenery.orElseThrow().logs().resolve("%02d-%s.log".formatted(++launched, node)),
            environment,
            application);
    replicas.add(replica);
    return replica;
  }

  /**
   * Silence is shorter than in production, so that the suite is; everything else is as it comes.
   */
  private Map<String, String> usual(String node) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOSTNAME", node);
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", Database.url(database().port(), DATABASE));
    environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", "0");
    environment.put("QUARKUS_MANAGEMENT_PORT", "0");
    environment.put("BURNISH_AUTH", "none");
    environment.put("BURNISH_PROVIDER", "groq");
    environment.put("GROQ_API_KEY", "of-the-crash-suite");
    environment.put("GROQ_BASE_URL", provider().url());
    environment.put("BURNISH_PLAN", "unlimited");
    environment.put("BURNISH_PACK", "1");
    environment.put("BURNISH_WORKER_HEARTBEAT", "1s");
    environment.put("BURNISH_WORKER_SILENCE", "6s");
    environment.putAll(settings);
    return environment;
  }
}
