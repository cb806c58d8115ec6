package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.database.TestDatabases;
import io.burnish.fixtures.Directories;
import io.burnish.record.RecordJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile puts into the image, laid out in a directory and started as there. */
class ImageIT {

  private static final String BUILD = "/build/";

  /** Java of the image; an older one does not know the option. */
  private static final int FIRST_WITH_ARCHIVE = 25;

  private final Dockerfile dockerfile = Dockerfile.read();

  @TempDir Path image;
  @TempDir Path logs;

  @Test
  void what_is_copied_starts_logs_json_and_ends_in_order_on_sigterm() throws Exception {
    copyAll();
    String database = TestDatabases.create();
    Path log = logs.resolve("log.ndjson");
    Process process = start(database, log.toFile());
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !process.isAlive() || message(log, "Listening on: ").isPresent());
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();

      process.destroy();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(message(log, " stopped in ")).as(Files.readString(log)).isPresent();
    } finally {
      process.destroyForcibly();
      TestDatabases.drop(database);
    }
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

  private Process start(String database, File log) throws IOException {
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
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(image.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
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
    return builder.start();
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
