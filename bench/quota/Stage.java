import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A database, a simulator and replicas of Burnish, each a process of its own; all of them are gone
 * at the end, also when the program is told to stop. Their logs are in {@code target/bench/logs}.
 */
final class Stage implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Path LOGS = Path.of("target/bench/logs");
  private static final String JAVA = ProcessHandle.current().info().command().orElse("java");
  private static final int STOPPING_SECONDS = 40;
  private static final Duration LONGEST_JOB = Duration.ofMinutes(15);

  private final String name;
  private final EmbeddedPostgres database;
  private final Endpoint simulator = new Endpoint(freePort());
  private final List<Endpoint> replicas = new ArrayList<>();
  private final List<Endpoint> management = new ArrayList<>();
  private final List<Process> processes = Collections.synchronizedList(new ArrayList<>());
  private final Thread atExit = new Thread(this::stop, "stop");

  /**
   * @param name of the scenario, for the logs
   */
  Stage(String name) throws IOException {
    this.name = name;
    Files.createDirectories(LOGS);
    Runtime.getRuntime().addShutdownHook(atExit);
    // As in production: the library's own settings forget what was written last, and are faster.
    this.database =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  /** Another one, its logs beside those of this. */
  Stage another(String suffix) throws IOException {
    return new Stage(name + "-" + suffix);
  }

  /** Starts the simulator with these options: name, value, name, value. */
  void simulator(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(JAVA, "-cp", "target/quarkus-app/lib/main/*:target/quarkus-app/app/*"));
    command.addAll(List.of("io.burnish.simulator.Main", "--port", "" + simulator.port()));
    pairs(options).forEach((option, value) -> command.addAll(List.of("--" + option, value)));
    start(command, Map.of(), "simulator");
    simulator.await("/simulator/totals");
  }

  /** Starts replicas with these variables: name, value, name, value. */
  void burnish(int count, String... variables) throws Exception {
    for (int i = 0; i < count; i++) {
      Endpoint replica = new Endpoint(freePort());
      String node = "burnish-" + (replicas.size() + 1);
      Map<String, String> environment =
          new TreeMap<>(
              Map.of(
                  "QUARKUS_HTTP_HOST", "127.0.0.1",
                  "QUARKUS_HTTP_PORT", "" + replica.port(),
                  "QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres"),
                  "QUARKUS_DATASOURCE_USERNAME", "postgres",
                  "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                  "BURNISH_PROVIDER", "groq",
                  "GROQ_API_KEY", "bench",
                  "GROQ_BASE_URL", simulator.uri("/openai/v1").toString(),
                  "BURNISH_WORKER_NODE", node,
                  "LOG_LEVEL", "WARNING"));
      Endpoint metrics = new Endpoint(freePort());
      management.add(metrics);
      environment.put("QUARKUS_MANAGEMENT_PORT", "" + metrics.port());
      environment.put("BURNISH_AUTH", "none");
      environment.putAll(pairs(variables));
      start(List.of(JAVA, "-jar", "target/quarkus-app/quarkus-run.jar"), environment, node);
      replica.await("/q/health/ready");
      replicas.add(replica);
    }
  }

  private static Map<String, String> pairs(String... namesAndValues) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return pairs;
  }

  private void start(List<String> command, Map<String, String> environment, String process)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(LOGS.resolve(name + "-" + process + ".log").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("there is no free port", e);
    }
  }

  /** Posts a job to the first replica; its id. */
  String post(String body) throws Exception {
    return replicas.get(0).post("/jobs", body).path("id").asText();
  }

  /** Posts a record a line to the first replica; the id of the job. */
  String postNdjson(String lines) throws Exception {
    return JSON.readTree(replicas.get(0).send("/jobs", "application/x-ndjson", lines))
        .path("id")
        .asText();
  }

  /** The addresses of the replicas. */
  List<URI> addresses() {
    return replicas.stream().map(replica -> replica.uri("/")).toList();
  }

  /** Resident memory of the replicas and the simulator, in kB. */
  long residentKilobytes() throws IOException {
    long sum = 0;
    for (Process process : processes) {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          sum += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return sum;
  }

  /** The job, once it is completed. */
  JsonNode ended(String job) throws Exception {
    JsonNode state = after(job, LONGEST_JOB);
    if (!isCompleted(state)) {
      throw new IllegalStateException("the job does not end: " + state);
    }
    return state;
  }

  /** The job, once it is completed, or as it is after this time. */
  JsonNode after(String job, Duration most) throws Exception {
    Instant atLatest = Instant.now().plus(most);
    JsonNode state = replicas.get(0).json("/jobs/" + job);
    while (!isCompleted(state) && Instant.now().isBefore(atLatest)) {
      Thread.sleep(200);
      state = replicas.get(0).json("/jobs/" + job);
    }
    return state;
  }

  static boolean isCompleted(JsonNode job) {
    return job.path("state").asText().equals("completed");
  }

  /** Something of a job, as JSON: {@code results}, {@code failures}. */
  JsonNode of(String job, String what) throws Exception {
    return replicas.get(0).json("/jobs/" + job + "/" + what);
  }

  /** One of the job's counts. */
  long count(String job, String what) throws Exception {
    return replicas.get(0).json("/jobs/" + job).path("counts").path(what).asLong();
  }

  /** The first replica's metrics. */
  String metrics() throws Exception {
    return management.get(0).get("/q/metrics");
  }

  /** What the simulator has counted of a model. */
  Totals totals(String model) throws Exception {
    return Totals.of(simulator.json("/simulator/totals"), model);
  }

  /** What it has counted of all of them. */
  Calls calls() throws Exception {
    return new Calls(simulator.json("/simulator/totals"));
  }

  /** The calls that it remembers, oldest first. */
  JsonNode rememberedCalls() throws Exception {
    return simulator.json("/simulator/calls");
  }

  /** What it has counted of the first model, so many seconds from now. */
  Totals totalsAfter(int seconds) throws Exception {
    Thread.sleep(1000L * seconds);
    return totals(Account.MODEL);
  }

  /** Changes an option of the running simulator. */
  void change(String option, String value) throws Exception {
    simulator.post("/simulator/settings", JSON.createObjectNode().put(option, value).toString());
  }

  /** From now on every call with such a text in a record goes wrong in this way. */
  void injectFor(String text, String kind) throws Exception {
    simulator.post(
        "/simulator/faults",
        JSON.createObjectNode().put("containing", text).put("kind", kind).toString());
  }

  /** From now on, and for so many seconds, every call goes wrong in this way. */
  void trouble(String kind, int seconds) throws Exception {
    long from = (long) (calls().seconds() * 1000);
    change("trouble", "%s@%dms..%dms".formatted(kind, from, from + 1000L * seconds));
  }

  /** Takes the provider away, and waits until it is back; what it had counted by then. */
  Totals down(String how, int seconds) throws Exception {
    long from = (long) (totals(Account.MODEL).seconds() * 1000);
    change("down", "%s@%dms..%dms".formatted(how, from, from + 1000L * seconds));
    Thread.sleep(1000L * seconds);
    simulator.await("/simulator/totals");
    return totals(Account.MODEL);
  }

  /** Where chat completions are asked for. */
  URI chatAddress() {
    return simulator.uri("/openai/v1/chat/completions");
  }

  /** The address of the database, user and all. */
  String databaseAddress() {
    return database.getJdbcUrl("postgres", "postgres");
  }

  /** A session of one's own in the database. */
  Connection session() throws SQLException {
    return database.getPostgresDatabase().getConnection();
  }

  /** How many records of a job failed with this code. */
  long failedAs(String job, String code) throws SQLException {
    return number(
        "SELECT count(*) FROM item WHERE state = 'failed' AND job_id = '%s' AND error_code = '%s'"
            .formatted(job, code));
  }

  /** One number from the database. */
  long number(String sql) throws SQLException {
    try (Connection connection = session();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Stops the simulator and the replicas; others may be started then. */
  void stop() {
    List<Process> running = List.copyOf(processes);
    running.forEach(Process::destroy);
    for (Process process : running) {
      try {
        if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
    processes.removeAll(running);
    replicas.clear();
  }

  @Override
  public void close() throws IOException {
    stop();
    Runtime.getRuntime().removeShutdownHook(atExit);
    database.close();
  }
}
