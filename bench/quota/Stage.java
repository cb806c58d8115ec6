import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A database, a simulator and replicas of Burnish, each a process of its own; all gone at the end. */
final class Stage implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOGS = Path.of("target/bench/logs");
  private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

  final EmbeddedPostgres database;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final int simulatorPort = freePort();
  private final Thread atExit = new Thread(this::stop);

  Stage() throws IOException {
    Files.createDirectories(LOGS);
    Runtime.getRuntime().addShutdownHook(atExit);
    database = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
  }

  /** Starts the simulator with these options: name, value, name, value. */
  Stage simulator(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-cp",
                "target/quarkus-app/lib/main/*:target/quarkus-app/app/*",
                "io.burnish.simulator.Main",
                "--port",
                String.valueOf(simulatorPort)));
    for (int i = 0; i < options.length; i += 2) {
      command.add("--" + options[i]);
      command.add(options[i + 1]);
    }
    processes.add(start(command, Map.of(), "simulator"));
    await(simulatorPort, "/simulator/totals");
    return this;
  }

  /** Starts replicas with these variables: name, value, name, value. */
  Stage burnish(int replicas, String... variables) throws Exception {
    for (int i = 0; i < replicas; i++) {
      Map<String, String> environment = new HashMap<>();
      int port = freePort();
      environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
      environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
      environment.put("BURNISH_PROVIDER", "groq");
      environment.put("GROQ_API_KEY", "bench");
      environment.put("GROQ_BASE_URL", "http://127.0.0.1:" + simulatorPort + "/openai/v1");
      environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres"));
      environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
      environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
      environment.put("BURNISH_WORKER_NODE", "bench-" + i);
      environment.put("BURNISH_WORKER_PROGRESS_EVERY", "100000");
      for (int v = 0; v < variables.length; v += 2) {
        environment.put(variables[v], variables[v + 1]);
      }
      List<String> command = new ArrayList<>(List.of(JAVA));
      String memory = environment.remove("JVM_MEMORY");
      if (memory != null) {
        command.add("-Xmx" + memory);
      }
      command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
      processes.add(start(command, environment, "burnish-" + i));
      ports.add(port);
      await(port, "/q/health/ready");
    }
    return this;
  }

  private static Process start(List<String> command, Map<String, String> environment, String name)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(LOGS.resolve(name + ".log").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(int port, String path) throws Exception {
    for (int tries = 0; tries < 600; tries++) {
      try {
        if (get(port, path).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not up yet
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("nothing answers at port " + port + "; see " + LOGS);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Posts a job to the first replica; its id. */
  String post(String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(0) + "/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IllegalStateException(response.body());
    }
    return JSON.readTree(response.body()).path("id").asText();
  }

  JsonNode job(String id) throws Exception {
    return JSON.readTree(get(ports.get(0), "/jobs/" + id).body());
  }

  String metrics() throws Exception {
    return get(ports.get(0), "/q/metrics").body();
  }

  /** The simulator's totals of a model. */
  JsonNode totals(String model) throws Exception {
    return JSON.readTree(get(simulatorPort, "/simulator/totals").body())
        .path("models")
        .path(model);
  }

  /** Changes options of the running simulator. */
  void change(String name, String value) throws Exception {
    http.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + simulatorPort + "/simulator/settings"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.createObjectNode().put(name, value).toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int simulatorPort() {
    return simulatorPort;
  }

  /** One number from the database. */
  long number(String sql) throws SQLException {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Resident memory of the first replica, in MB. */
  long residentMegabytes() throws IOException {
    Process burnish = processes.get(processes.size() - 1);
    for (String line : Files.readAllLines(Path.of("/proc/" + burnish.pid() + "/status"))) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }

  private void stop() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
    database.close();
  }
}
