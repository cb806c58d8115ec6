package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.database.TestDatabases;
import io.burnish.fixtures.Directories;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile puts into the image, laid out in a directory and started as there. */
class ImageIT {

  private static final String BUILD = "/build/";

  private static final int RECORDS = 100;

  /** Replaces itself by the command, so that signals reach it. */
  private static final List<String> ISOLATED =
      List.of(
          "unshare",
          "-m",
          "sh",
          "-c",
          "mount --make-rprivate / && mount -o remount,ro,bind / && mount -t tmpfs tmpfs /tmp"
              + " && exec setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --bounding-set=-all -- \"$@\"",
          "sh");

  /** Java of the image; an older one does not know the option. */
  private static final int FIRST_WITH_ARCHIVE = 25;

  private final Dockerfile dockerfile = Dockerfile.read();

  /** Not below /tmp: there the isolated process has a directory of its own, as in a pod. */
  private final Path image = Path.of("target/image-of-tests").toAbsolutePath();

  @TempDir Path logs;

  @BeforeEach
  void copy_what_the_image_has() throws IOException {
    if (Files.exists(image)) {
      Directories.delete(image);
    }
    copyAll();
  }

  @Test
  void what_is_copied_starts_logs_json_and_ends_in_order_on_sigterm() throws Exception {
    String database = TestDatabases.create();
    Path log = logs.resolve("log.ndjson");
    Process process = start(List.of(), database, log);
    try {

      process.destroy();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(message(log, " stopped in ")).as(Files.readString(log)).isPresent();
    } finally {
      process.destroyForcibly();
      TestDatabases.drop(database);
    }
  }

  /**
   * As a pod runs it: another user than root, without rights, on a root that it can't write to,
   * with a /tmp of its own. Needs what only root may do, so it is skipped for other users.
   */
  @Test
  @Tag("slow")
  void without_rights_on_a_read_only_root_it_works_and_drains_under_load() throws Exception {
    assumeThat(canIsolate())
        .as("root, with unshare and setpriv, in a directory that others may read")
        .isTrue();
    String database = TestDatabases.create();
    Path first = logs.resolve("first.ndjson");
    Process one = start(ISOLATED, database, first);
    Process other = null;
    try {
      String service = address(first);
      assertThat(get(service + "/q/health/ready").statusCode()).isEqualTo(200);
      String job = post(service, Discounts.list(Discounts.readable(RECORDS)));
      await().atMost(Duration.ofMinutes(1)).until(() -> decided(service, job) > 10);

      one.destroy();

      assertThat(one.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(one.exitValue()).as(Files.readString(first)).isEqualTo(143);
      try (Connection connection = TestDatabases.connect(database);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*) FILTER (WHERE state = 'running'), count(*) FILTER (WHERE state = 'ready'), count(*) FROM item")) {
        row.next();
        assertThat(row.getInt(1)).as("items that are held").isZero();
        assertThat(row.getInt(2)).as("items that are left").isBetween(1, RECORDS - 11);
        assertThat(row.getInt(3)).isEqualTo(RECORDS);
      }

      Path second = logs.resolve("second.ndjson");
      other = start(ISOLATED, database, second);
      String again = address(second);
      await().atMost(Duration.ofMinutes(1)).until(() -> decided(again, job) == RECORDS);
      assertThat(view(again, job).at("/counts/succeeded").asInt()).isEqualTo(RECORDS);
    } finally {
      one.destroyForcibly();
      if (other != null) {
        other.destroyForcibly();
      }
      TestDatabases.drop(database);
    }
  }

  /** Also, whether that user may read the files where they are. */
  private boolean canIsolate() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ISOLATED);
    command.addAll(List.of("test", "-r", image.resolve("quarkus-run.jar").toString()));
    return Files.isExecutable(Path.of("/usr/bin/unshare"))
        && Files.isExecutable(Path.of("/usr/bin/setpriv"))
        && new ProcessBuilder(command).start().waitFor() == 0;
  }

  private static String address(Path log) throws IOException {
    return message(log, "Listening on: ")
        .orElseThrow()
        .replaceFirst("(?s).*Listening on: (http://[^ ]*\\d).*", "$1");
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String post(String service, String records)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service + "/jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(records))
            .build();
    return RecordJson.read(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
        .path("id")
        .asText();
  }

  private static JsonNode view(String service, String job)
      throws IOException, InterruptedException {
    return RecordJson.read(get(service + "/jobs/" + job).body());
  }

  private static int decided(String service, String job) throws IOException, InterruptedException {
    JsonNode counts = view(service, job).path("counts");
    return counts.path("succeeded").asInt() + counts.path("failed").asInt();
  }

  private void copyAll() throws IOException {
    for (String copy : dockerfile.all("COPY")) {
      String[] words = copy.split(" ");
      if (words[0].equals("--from=build")) {
        Path source = Path.of(words[1].substring(BUILD.length()));
        Path target = image.resolve(words[2]);
        Directories.copy(
            source, Files.isDirectory(source) ? target : target.resolve(source.getFileName()));
      }
    }
  }

  /** Starts what the image starts, and waits until it takes requests. */
  private Process start(List<String> wrapper, String database, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    new ObjectMapper()
        .readTree(dockerfile.last("ENTRYPOINT"))
        .forEach(word -> command.add(word.asText()));
    if (Runtime.version().feature() < FIRST_WITH_ARCHIVE) {
      command.removeIf(option -> option.startsWith("-XX:AOTCache"));
    }
    if (command.get(0).equals("java")) {
      command.set(0, ProcessHandle.current().info().command().orElse("java"));
    }
    command.addAll(0, wrapper);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(image.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(BURNISH|QUARKUS|GROQ|LOG)_.*"));
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    dockerfile
        .all("ENV")
        .forEach(
            variable -> builder.environment().put(variable.split("=")[0], variable.split("=")[1]));
    builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", TestDatabases.url(database));
    builder.environment().put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
    builder.environment().put("BURNISH_AUTH", "none");
    builder.environment().put("BURNISH_PROVIDER", "simulated");
    builder.environment().put("BURNISH_PACK", "1");
    builder.environment().put("BURNISH_CONCURRENCY", "4");
    builder.environment().put("BURNISH_SIMULATOR_LATENCY", "100ms");
    Process process = builder.start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || message(log, "Listening on: ").isPresent());
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return process;
  }

  /** The first message with this text, where it is a line of JSON. */
  private static Optional<String> message(Path log, String text) throws IOException {
    String written = Files.readString(log);
    return written
        .substring(0, written.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> RecordJson.read(line).path("message").asText())
        .filter(message -> message.contains(text))
        .findFirst();
  }
}
